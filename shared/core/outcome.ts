import { type DaySet, NO_DAYS, union } from './day-set.ts';
import type { Mode } from './run.ts';

/**
 * What became of one (table, day). `EMPTY_SUSPECT`: a job said success, and there is nothing. `UNJUDGED`: rows are
 * there, nothing is known against them, and a blocking check could not be evaluated on them; or nobody could count them.
 */
export const OUTCOMES = [
  'NEVER_RAN',
  'RUNNING',
  'STALE',
  'FAILED',
  'EMPTY_OK',
  'EMPTY_SUSPECT',
  'PARTIAL',
  'UNJUDGED',
  'VERIFIED',
] as const;
export type Outcome = (typeof OUTCOMES)[number];

export const OUTCOME_SYMBOLS: Readonly<Record<Outcome, string>> = {
  NEVER_RAN: '○',
  RUNNING: '▷',
  STALE: '↻',
  FAILED: '✗',
  EMPTY_OK: '∅',
  EMPTY_SUSPECT: '?',
  PARTIAL: '⚠',
  UNJUDGED: '¿',
  VERIFIED: '✓',
};

/** The expected days of one table by outcome; an outcome without days is left out. */
export type OutcomeDays = Readonly<Partial<Record<Outcome, DaySet>>>;

const GOOD: readonly Outcome[] = ['VERIFIED', 'EMPTY_OK'];
const RAN_AND_IS_BAD: readonly Outcome[] = ['FAILED', 'PARTIAL', 'EMPTY_SUSPECT', 'STALE'];

/** The days that this mode writes anew. An error is no evidence that a day is bad: only `all` writes what is `UNJUDGED`. */
export function daysToWrite(outcomes: OutcomeDays, mode: Mode): DaySet {
  switch (mode) {
    case 'all':
      return daysOf(outcomes, () => true);
    case 'failed':
      return daysOf(outcomes, (outcome) => RAN_AND_IS_BAD.includes(outcome));
    case 'missing':
      return daysOf(outcomes, (outcome) => !isGood(outcome) && outcome !== 'UNJUDGED');
  }
}

export function isGood(outcome: Outcome): boolean {
  return GOOD.includes(outcome);
}

export function daysGood(outcomes: OutcomeDays): DaySet {
  return daysOf(outcomes, isGood);
}

/** The days on which nothing may be built. */
export function daysNotGood(outcomes: OutcomeDays): DaySet {
  return daysOf(outcomes, (outcome) => !isGood(outcome));
}

function daysOf(outcomes: OutcomeDays, wanted: (outcome: Outcome) => boolean): DaySet {
  return union(...OUTCOMES.filter(wanted).map((outcome) => outcomes[outcome] ?? NO_DAYS));
}
