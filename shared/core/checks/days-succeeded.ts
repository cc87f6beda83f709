import { countDays, daySetOf, hasDay, isEmpty, NO_DAYS, union } from '../day-set.ts';
import { isBlocking, unknown } from '../judge/facts.ts';
import { outcomesOf } from '../judge/outcomes.ts';
import { formatShare, type Percent, reaches } from '../percent.ts';
import type { Base } from './base.ts';
import type { CheckKind } from './kind.ts';

/**
 * Days on which all that blocks holds, of all days that were asked for. UNKNOWN when another blocking
 * check could not be evaluated: the days that this leaves unjudged have neither succeeded nor not.
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
    if (soFar === null) return { ...unknown('no other check was judged'), expected };
    const open = soFar.checks.filter((check) => isBlocking(check, 'UNKNOWN'));
    if (open.length > 0) {
      const reason = `${open[0]?.id} could not be evaluated, so nobody knows whether its days succeeded`;
      const isOpenEverywhere = open.some((check) => isEmpty(check.days));
      const unjudged = isOpenEverywhere ? NO_DAYS : union(...open.map((check) => check.days));
      return { ...unknown(reason), expected, days: unjudged };
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
