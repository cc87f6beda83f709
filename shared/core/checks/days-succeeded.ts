import { countDays, daySetOf, hasDay, union } from '../day-set.ts';
import { unknown } from '../judge/facts.ts';
import { outcomesOf } from '../judge/outcomes.ts';
import { formatShare, type Percent, reaches } from '../percent.ts';
import type { Base } from './base.ts';
import type { CheckKind } from './kind.ts';

/**
 * Days on which all that blocks holds, of all days that were asked for. UNKNOWN when another blocking
 * check could not be evaluated: then no day was verified.
 */
export type DaysSucceeded = Base & Readonly<{ kind: 'days-succeeded'; atLeast: Percent }>;

export const daysSucceeded: CheckKind<DaysSucceeded> = {
  reads: () => ({ own: [] }),
  columns: () => [],
  problems: (_, { checks }) =>
    checks.some((check) => check.kind !== 'days-succeeded' && check.severity === 'block')
      ? []
      : [
          'counts days on which all blocking checks hold, and the table has no other blocking check',
        ],
  isJudgedLast: true,
  judge: ({ atLeast }, facts, days) => {
    const { soFar } = facts;
    const expected = `≥ ${atLeast.text}% of the days asked for`;
    const open = soFar?.checks.find(
      ({ verdict, severity }) => verdict === 'UNKNOWN' && severity === 'block',
    );
    if (soFar === null || open !== undefined) {
      const reason = `${open?.id ?? 'a check'} could not be evaluated, so no day was verified`;
      return { ...unknown(reason), expected };
    }
    const declared = new Set(facts.table.checks.map(({ id }) => id));
    if (!soFar.checks.some(({ id, severity }) => severity === 'block' && declared.has(id))) {
      return { ...unknown('no other blocking check was judged, so no day was verified'), expected };
    }
    const { VERIFIED = [], EMPTY_OK = [] } = outcomesOf(facts, soFar, facts.history);
    const good = union(VERIFIED, EMPTY_OK);
    const bad = days.filter((day) => !hasDay(good, day));
    const observed = `${formatShare(days.length - bad.length, days.length)} days succeeded`;
    const holds = reaches(days.length - bad.length, days.length, atLeast);
    return {
      verdict: holds ? 'PASS' : 'FAIL',
      observed,
      expected,
      days: holds ? [] : daySetOf(bad),
      message: holds ? observed : `${observed}; ${countDays(daySetOf(bad))} did not`,
    };
  },
};
