import { type DaySet, NO_DAYS, union } from './day-set.ts';
import type { Mode } from './run.ts';

/** What became of one (table, day). `EMPTY_SUSPECT`: a job said success, and there is nothing. */
export const OUTCOMES = [
  'NEVER_RAN',
  'RUNNING',
  'STALE',
  'FAILED',
  'EMPTY_OK',
  'EMPTY_SUSPECT',
  'PARTIAL',
  'VERIFIED',
] as const;
export type Outcome = (typeof OUTCOMES)[number];

/** The expected days of one table by outcome; an outcome without days is left out. */
export type OutcomeDays = Readonly<Partial<Record<Outcome, DaySet>>>;

const GOOD: readonly Outcome[] = ['VERIFIED', 'EMPTY_OK'];
const RAN_AND_IS_BAD: readonly Outcome[] = ['FAILED', 'PARTIAL', 'EMPTY_SUSPECT', 'STALE'];

/** The days that this mode writes anew. */
export function daysToWrite(outcomes: OutcomeDays, mode: Mode): DaySet {
  const of = (wanted: (outcome: Outcome) => boolean) =>
    union(...OUTCOMES.filter(wanted).map((outcome) => outcomes[outcome] ?? NO_DAYS));
  switch (mode) {
    case 'all':
      return of(() => true);
    case 'failed':
      return of((outcome) => RAN_AND_IS_BAD.includes(outcome));
    case 'missing':
      return of((outcome) => !GOOD.includes(outcome));
  }
}
