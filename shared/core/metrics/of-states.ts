import type { DeadPile } from '../monitor/dead-findings.ts';
import { ALERT_SEVERITIES } from '../monitor/monitor.ts';
import type { MonitorState } from '../monitor/monitor-state.ts';
import { isAtRest, type RunState, type RunStatus } from '../run.ts';
import { TABLE_TAGS } from '../table-state.ts';
import { type Metric, pointsBy } from './metric.ts';

const GOING = ['reading', 'live', 'cancelling'] as const satisfies readonly RunStatus[];

/** What is there now. Null: nobody could find out, and then nothing is told of it, no 0 either. */
export type Standing = Readonly<{
  runs: readonly RunState[] | null;
  monitors: readonly MonitorState[] | null;
  digestSeconds: number | null;
  dead: Readonly<{ topics: readonly string[]; piles: readonly DeadPile[] }> | null;
}>;

export function ofStates({ runs, monitors, digestSeconds, dead }: Standing): readonly Metric[] {
  const going = runs?.filter(({ status }) => !isAtRest(status)) ?? null;
  return [
    ...told(going, (states) => ({
      name: 'phasegate.runs',
      unit: '{run}',
      description: 'Runs that are not at rest',
      points: pointsBy(
        'phasegate.run.status',
        GOING,
        states.map(({ status }) => status),
      ),
    })),
    ...told(going, (states) => ({
      name: 'phasegate.tables',
      unit: '{table}',
      description: 'Tables of runs that are not at rest',
      points: pointsBy(
        'phasegate.table.state',
        TABLE_TAGS,
        states.flatMap(({ tables }) => Object.values(tables).map(({ tag }) => tag)),
      ),
    })),
    ...told(monitors, (states) => ({
      name: 'phasegate.findings',
      unit: '{finding}',
      description: 'Troubles that monitors have found and have not seen to be over',
      points: pointsBy(
        'phasegate.finding.severity',
        ALERT_SEVERITIES,
        states.flatMap(({ open }) => open.map(({ severity }) => severity)),
      ),
    })),
    ...told(digestSeconds, (seconds) => ({
      name: 'phasegate.digest.age',
      unit: 's',
      description: 'Since the last digest came',
      points: [{ labels: {}, value: seconds }],
    })),
    ...told(dead, ({ topics, piles }) => ({
      name: 'phasegate.dead_letters',
      unit: '{message}',
      description: 'Messages that nobody could handle',
      points: topics.map((topic) => ({
        labels: { 'phasegate.topic': topic },
        value: piles
          .filter((pile) => pile.topic === topic)
          .reduce((sum, { messages }) => sum + messages, 0),
      })),
    })),
  ];
}

function told<Known>(
  known: Known | null,
  tell: (known: Known) => Omit<Metric, 'kind'>,
): readonly Metric[] {
  return known === null ? [] : [{ ...tell(known), kind: 'gauge' }];
}
