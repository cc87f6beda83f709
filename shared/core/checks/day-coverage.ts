import { daySetOf } from '../day-set.ts';
import { formatShare, type Percent, reaches } from '../percent.ts';
import { numberOf } from '../profile.ts';
import { measure, ROW_COUNT } from '../state-item.ts';
import type { Base } from './base.ts';
import type { CheckKind } from './kind.ts';

/**
 * Expected days of the schedule on which the table has at least one row. Says nothing of what is
 * missing inside a day: see grain-coverage.
 */
export type DayCoverage = Base & Readonly<{ kind: 'day-coverage'; atLeast: Percent }>;

export const dayCoverage: CheckKind<DayCoverage> = {
  reads: () => ({ own: [measure(ROW_COUNT)] }),
  columns: () => [],
  judge: (check, { profile }, days) => {
    const missing = days.filter((day) => numberOf(profile.days.get(day), ROW_COUNT) === 0);
    const covered = days.length - missing.length;
    const observed = `${formatShare(covered, days.length)} days`;
    return {
      verdict: reaches(covered, days.length, check.atLeast) ? 'PASS' : 'FAIL',
      observed,
      expected: `≥ ${check.atLeast.text}% of expected days`,
      days: daySetOf(missing),
      message:
        missing.length === 0
          ? `${observed} have rows`
          : `${missing.length} expected days have no row`,
    };
  },
};
