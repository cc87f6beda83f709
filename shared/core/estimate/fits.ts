import type { DaySet } from '../day-set.ts';
import { addDays } from '../days.ts';
import { dueAt } from '../due.ts';
import type { PhaseName, TableName } from '../ids.ts';
import { type Pipeline, tableNamed } from '../pipeline.ts';
import type { Instant } from '../run.ts';
import { dayAt, instantAt } from '../time-zone.ts';
import type { PhaseEstimate, TableEstimate } from './plan-estimate.ts';
import { type Spread, sumOfSpreads } from './sample.ts';

/** Whether it ends in time: `yes` even at its longest, `no` even at its shortest. */
export type Fits = 'yes' | 'perhaps' | 'no' | 'unknown';

/** When a phase is to be ready: at the time of its last expected day, or when that is past, at the next such time of day. */
export type ReadyBy = Readonly<{ at: Instant; fits: Fits }>;

/** A bound of the pipeline file, in minutes, and whether the plan keeps it. */
export type Limit = Readonly<{
  bound: 'jobMinutes' | 'phaseMinutes' | 'runMinutes' | 'budget.jobMinutes';
  /** The table or phase that it bounds; null: the run. */
  of: TableName | PhaseName | null;
  minutes: number;
  fits: Fits;
}>;

/** @param atMost in the unit of the spread */
export function fits(spread: Spread | null, atMost: number): Fits {
  if (spread === null) return 'unknown';
  if (spread.high <= atMost) return 'yes';
  return spread.low > atMost ? 'no' : 'perhaps';
}

export function readyByOf(
  pipeline: Pipeline,
  phase: PhaseName,
  expected: DaySet,
  endsAfter: Spread | null,
  now: Instant,
): ReadyBy | null {
  const readyBy = pipeline.phases.find(({ name }) => name === phase)?.readyBy ?? null;
  const days = expected.map(({ to }) => to).sort();
  const last = days.at(-1);
  if (readyBy === null || last === undefined) return null;
  const { timeZone } = pipeline;
  const began = Date.parse(now);
  const today = dayAt(now, timeZone);
  const at = [
    dueAt(readyBy, last, timeZone),
    instantAt(today, readyBy.at, timeZone),
    instantAt(addDays(today, 1), readyBy.at, timeZone),
  ].find((instant) => instant > began);
  if (at === undefined) return null;
  return { at: new Date(at).toISOString(), fits: fits(endsAfter, (at - began) / 1000) };
}

/** Every bound on time that the pipeline sets to these tables, these phases and the run. */
export function limitsOf(
  pipeline: Pipeline,
  tables: readonly TableEstimate[],
  phases: readonly PhaseEstimate[],
  whole: Spread | null,
): readonly Limit[] {
  const { deadlines, budget } = pipeline;
  const limit = (
    bound: Limit['bound'],
    of: Limit['of'],
    minutes: number,
    seconds: Spread | null,
  ): Limit => ({ bound, of, minutes, fits: fits(seconds, minutes * 60) });
  const jobs = tables.filter(({ hasJob }) => hasJob);
  const known = jobs.flatMap(({ job }) => job ?? []);
  const all = known.length === jobs.length ? sumOfSpreads(known) : null;
  return [
    ...jobs.map(({ table, job }) => {
      const own = tableNamed(pipeline, table)?.job.deadlineMinutes ?? null;
      return limit('jobMinutes', table, own ?? deadlines.jobMinutes, job);
    }),
    ...phases.map(({ phase, seconds }) =>
      limit('phaseMinutes', phase, deadlines.phaseMinutes, seconds),
    ),
    limit('runMinutes', null, deadlines.runMinutes, whole),
    ...(budget.jobMinutes === null
      ? []
      : [limit('budget.jobMinutes', null, budget.jobMinutes, all)]),
  ];
}
