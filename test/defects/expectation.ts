import { daySetOf } from '../../shared/core/day-set.ts';
import type { Day } from '../../shared/core/days.ts';
import type { Outcome } from '../../shared/core/outcome.ts';
import type { AsOutcome, ByCheck } from './defect.ts';

type Names = ByCheck['names'];

/** The check fails and blocks, naming these days. */
export function fails(
  table: string,
  check: string,
  days: readonly Day[],
  names: Names = 'all',
): ByCheck {
  return expected(table, check, 'FAIL', days, names);
}

/** The check, which only warns, fails, naming these days. */
export function warns(
  table: string,
  check: string,
  days: readonly Day[],
  names: Names = 'all',
): ByCheck {
  return expected(table, check, 'WARN', days, names);
}

/** The check fails over the range and names no day. */
export function failsAsAWhole(table: string, check: string): ByCheck {
  return expected(table, check, 'FAIL', [], 'none');
}

/** The check cannot be evaluated, and says why. */
export function isUnknown(table: string, check: string, says: RegExp): ByCheck {
  return { ...expected(table, check, 'UNKNOWN', [], 'none'), says };
}

/** The check is not disturbed. */
export function passes(table: string, check: string): ByCheck {
  return expected(table, check, 'PASS', [], 'none');
}

/** Exactly these days have this outcome. */
export function come(table: string, outcome: Outcome, days: readonly Day[]): AsOutcome {
  return { table, outcome, days: daySetOf(days) };
}

function expected(
  table: string,
  check: string,
  verdict: ByCheck['verdict'],
  days: readonly Day[],
  names: Names,
): ByCheck {
  if (names !== 'none' && days.length === 0) {
    throw new Error(`nothing was damaged that ${table} ${check} could see`);
  }
  return { table, check, verdict, days: daySetOf(days), names, says: null };
}
