import type { RunStep } from '../lineage/run-step.ts';
import { isAtRest } from '../run.ts';
import type { RunEvent } from '../run-event.ts';
import { type Verdict, worst } from '../verdict.ts';
import { type Metric, pointsBy } from './metric.ts';

const ENDS = ['passed', 'blocked', 'failed', 'cancelled'] as const;
const VERDICTS = ['PASS', 'WARN', 'FAIL', 'UNKNOWN'] as const satisfies readonly Verdict[];

/** What facts add to counters; those that changed nothing add nothing. */
export function ofSteps(steps: readonly RunStep[]): readonly Metric[] {
  const changing = steps.filter(({ before, after }) => before !== after);
  const ends = changing.flatMap(({ before, after }) => {
    const cameToRest = isAtRest(after.status) && before?.endedAt !== after.endedAt;
    return cameToRest ? [after.status] : [];
  });
  const verdicts = changing.flatMap(({ event }) => verdictOf(event) ?? []);
  const spent = (what: 'jobMinutes' | 'bytes') =>
    changing.reduce(
      (sum, { before, after }) => sum + grown(before?.spent[what], after.spent[what]),
      0,
    );
  return [
    {
      name: 'phasegate.run.ends',
      unit: '{run}',
      description: 'Runs that came to rest',
      kind: 'counted',
      points: pointsBy('phasegate.run.status', ENDS, ends),
    },
    {
      name: 'phasegate.gates',
      unit: '{gate}',
      description: 'Gates that were answered, of a table or of a phase',
      kind: 'counted',
      points: pointsBy('phasegate.gate.verdict', VERDICTS, verdicts),
    },
    {
      name: 'phasegate.job.time',
      unit: 's',
      description: 'How long executions of jobs took',
      kind: 'counted',
      points: [{ labels: {}, value: Math.round(spent('jobMinutes') * 60) }],
    },
    {
      name: 'phasegate.query.io',
      unit: 'By',
      description: "What gates read, and what jobs were to read, as a run's budget counts it",
      kind: 'counted',
      points: [{ labels: {}, value: Math.round(spent('bytes')) }],
    },
  ];
}

function verdictOf(event: RunEvent): Verdict | null {
  if (event.type === 'gate-judged') return event.verdict;
  if (event.type !== 'roll-called') return null;
  return worst(Object.values(event.tables).map(({ verdict }) => verdict));
}

function grown(before = 0, after: number): number {
  return Math.max(0, after - before);
}
