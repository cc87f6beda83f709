import type { Thresholds } from '../checks/base.ts';
import { daySetOf } from '../day-set.ts';
import type { Day } from '../days.ts';
import { formatShare, type Percent, reaches } from '../percent.ts';
import { type Finding, unknown } from './facts.ts';

/** Units of one day: how many were eligible, on how many of them it holds, and the keys of some that break it. */
export type Counted = Readonly<{ eligible: number; holds: number; breaking?: readonly string[] }>;

/**
 * The share of units on which something holds, over all judged days and on each of them. On a single
 * day one unit may break it, unless the threshold of a day is 100.
 *
 * @param unit what is counted, in the plural: `rows`, `team-games`
 * @param promise what should hold, as a person would say it
 */
export function judgeShareOf(
  thresholds: Thresholds,
  days: readonly Day[],
  countedOn: (day: Day) => Counted | null,
  unit: string,
  promise: string,
): Finding {
  const { atLeast, perDay, minimumPopulation, minimumPerDay } = thresholds;
  let eligible = 0;
  let good = 0;
  const failing: Day[] = [];
  const imperfect: Day[] = [];
  const thin: Day[] = [];
  const breaking: string[] = [];
  for (const day of days) {
    const counted = countedOn(day);
    if (counted === null) continue;
    eligible += counted.eligible;
    good += counted.holds;
    breaking.push(...(counted.breaking ?? []));
    if (counted.eligible - counted.holds > allowedOn(counted.eligible, perDay)) failing.push(day);
    if (counted.holds < counted.eligible) imperfect.push(day);
    if (counted.eligible < minimumPerDay) thin.push(day);
  }
  const expected = `≥ ${atLeast.text}%, each day ≥ ${perDay.text}%`;
  if (eligible < Math.max(1, minimumPopulation)) {
    const reason = eligible === 0 ? `no eligible ${unit}` : `only ${eligible} eligible ${unit}`;
    return {
      ...unknown(`${reason}, so nothing was shown: ${promise}`),
      observed: reason,
      expected,
    };
  }
  const observed = formatShare(good, eligible);
  const samples = breaking.length === 0 ? '' : `, e.g. ${breaking.slice(0, 3).join(', ')}`;
  if (!reaches(good, eligible, atLeast) || failing.length > 0) {
    const bad = failing.length > 0 ? failing : imperfect;
    const message = `${observed} ${unit}: ${promise}; ${bad.length} of ${days.length} days below${samples}`;
    const known = breaking.length === 0 ? {} : { samples: breaking.slice(0, 5) };
    return { verdict: 'FAIL', observed, expected, days: daySetOf(bad), message, ...known };
  }
  if (thin.length > 0) {
    const message = `fewer than ${minimumPerDay} eligible ${unit} on ${thin.length} days, so nothing was shown there: ${promise}`;
    return { verdict: 'UNKNOWN', observed, expected, days: daySetOf(thin), message };
  }
  return {
    verdict: 'PASS',
    observed,
    expected,
    days: [],
    message: `${observed} ${unit}: ${promise}`,
  };
}

/** Units of one day that may break it: what the threshold leaves, and always one. */
function allowedOn(population: number, perDay: Percent): number {
  if (perDay.text === '100') return 0;
  const whole = 100n * perDay.denominator;
  const product = perDay.numerator * BigInt(population);
  const needed = product / whole + (product % whole === 0n ? 0n : 1n);
  return Math.max(1, population - Number(needed));
}
