import { type DaySet, daySetOf, union } from '../day-set.ts';
import type { Day } from '../days.ts';
import { type Finding, unknown } from '../judge/facts.ts';
import { worst } from '../verdict.ts';
import { type AgainstBaseline, comparisonsOf } from './baseline.ts';
import type { CheckFacts } from './kind.ts';

/** What one comparison showed; without the name of what was compared. */
export type Compared = Pick<Finding, 'verdict' | 'observed' | 'days'>;

/**
 * Judges each season, or the whole range, against its own baseline: the worst of them decides. A baseline
 * that does not pass itself, or is not there, makes it UNKNOWN; seasons before which none is declared
 * are said, and are UNKNOWN when there is nothing else.
 */
export function judgeAgainst(
  check: AgainstBaseline,
  facts: CheckFacts,
  days: readonly Day[],
  what: string,
  expected: string,
  compare: (now: DaySet, before: DaySet) => Compared,
): Finding {
  const all = comparisonsOf(check, facts, daySetOf(days));
  const compared = all.flatMap(({ name, now, before }) => {
    if (before === null) return [];
    const reason = facts.whyNoBaseline(before);
    const found: Compared =
      reason === null
        ? compare(now, before)
        : { verdict: 'UNKNOWN', observed: `no baseline: ${reason}`, days: [] };
    return [{ ...found, observed: `${name}: ${found.observed}` }];
  });
  const alone = all
    .filter(({ before }) => before === null)
    .map(({ name }) => `${name}: calendar.seasonStarts declares no season before it`);
  if (compared.length === 0) {
    return { ...unknown(`${what}: ${alone.join('; ')}, so there is no baseline`), expected };
  }
  const verdict = worst(compared.map((each) => each.verdict));
  const observed = compared.map((each) => each.observed).join('; ');
  return {
    verdict,
    observed,
    expected,
    days: verdict === 'PASS' ? [] : union(...compared.map((each) => each.days)),
    message: [`${what}: ${observed}`, ...alone].join('; '),
  };
}

export function notCompared(reason: string): Compared {
  return { verdict: 'UNKNOWN', observed: reason, days: [] };
}
