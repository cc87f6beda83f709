import type { ShareCheck } from '../check.ts';
import { daySetOf } from '../day-set.ts';
import type { Day } from '../days.ts';
import { shareMeasures } from '../measure.ts';
import { formatShare, type Percent, reaches } from '../percent.ts';
import { numberOf } from '../profile.ts';
import type { Finding, TableFacts } from './facts.ts';

/** Share of eligible rows on which something holds, over the judged days and on each of them. */
export function judgeShare(check: ShareCheck, facts: TableFacts, days: readonly Day[]): Finding {
  const { population, holds } = shareMeasures(check);
  let eligible = 0;
  let good = 0;
  const failing: Day[] = [];
  const imperfect: Day[] = [];
  for (const day of days) {
    const profile = facts.profile.days.get(day);
    const n = numberOf(profile, population);
    const k = numberOf(profile, holds);
    eligible += n;
    good += k;
    if (n - k > allowedOn(n, check.perDay)) failing.push(day);
    if (k < n) imperfect.push(day);
  }
  const expected = `≥ ${check.atLeast.text}%, each day ≥ ${check.perDay.text}%`;
  if (eligible === 0) {
    return {
      verdict: 'UNKNOWN',
      observed: 'no eligible row',
      expected,
      days: [],
      message: `no row is eligible${check.where === null ? '' : ` (${check.where})`}, so nothing was shown`,
    };
  }
  const holdsOverRange = reaches(good, eligible, check.atLeast);
  const observed = formatShare(good, eligible);
  if (holdsOverRange && failing.length === 0) {
    return {
      verdict: 'PASS',
      observed,
      expected,
      days: [],
      message: `${observed} ${describe(check)}`,
    };
  }
  const bad = failing.length > 0 ? failing : imperfect;
  return {
    verdict: 'FAIL',
    observed,
    expected,
    days: daySetOf(bad),
    message: `${observed} ${describe(check)}, ${bad.length} of ${days.length} days below`,
  };
}

/** Rows of one day that may break it: what the threshold leaves, and always one. */
function allowedOn(population: number, perDay: Percent): number {
  const kept = (perDay.numerator * BigInt(population)) / (100n * perDay.denominator);
  const exact = kept * 100n * perDay.denominator === perDay.numerator * BigInt(population);
  const needed = exact ? kept : kept + 1n;
  return perDay.text === '100' ? 0 : Math.max(1, population - Number(needed));
}

function describe(check: ShareCheck): string {
  const where = check.where === null ? '' : ` where ${check.where}`;
  switch (check.kind) {
    case 'not-null':
      return `${check.column} filled${where}`;
    case 'range':
      return `${check.column} in [${check.min ?? '-∞'}, ${check.max ?? '∞'}]${where}`;
    case 'category-share':
      return `${check.column} in ${check.values.join(', ')}${where}`;
    case 'identity':
      return `${check.left} = ${check.right} ± ${check.tolerance}${where}`;
    case 'production-ready':
      return `production-ready${where}`;
  }
}
