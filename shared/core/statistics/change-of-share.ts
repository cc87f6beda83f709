import { bestSplit } from './best-split.ts';
import { type Count, impossible } from './count.ts';
import { type NotEnough, tooShort } from './not-enough.ts';

export type ShareChange = Readonly<{
  kind: 'change';
  /** Index in the series of the first day at the new level. */
  index: number;
  before: Count;
  after: Count;
  /** In natural logarithms, divided by the dispersion. */
  logLikelihoodRatio: number;
}>;

/** The ratio is that of the best split; 0 when no split leaves two levels. */
export type NoShareChange = Readonly<{ kind: 'no-change'; logLikelihoodRatio: number }>;

/**
 * Since when a share is another: the split of the days that maximises the binomial likelihood of one share
 * before and one after, `Λ = ℓ(before) + ℓ(after) − ℓ(all)`, `ℓ(k, n) = k ln(k/n) + (n−k) ln((n−k)/n)`
 * (Hinkley and Hinkley, Biometrika 57, 1970). Days without rows say nothing and are never the index.
 *
 * Real days differ by more than a binomial allows, so Λ is divided by a dispersion ≥ 1, taken from the differences of
 * neighbouring days on each side (von Neumann, Ann. Math. Stat. 12, 1941): another change of level moves only one of them.
 * A change is `Λ > ½ ln(rows) + ln(days)`, the BIC's price of one more share and of a free place among the days (Zhang and
 * Siegmund, Biometrics 63, 2007). Simulated on days of 100 rows whose share wanders by 2 points it finds a change where
 * there is none in at most 5 % of series of 8, 3 % of 14, 2 % of 30 days. It says that the level changed, not that
 * it matters: compare before and after.
 *
 * @param series one count per day, in order of days
 * @returns not enough below 8 days with rows, or for an impossible count
 */
export function changeOfShare(series: readonly Count[]): ShareChange | NoShareChange | NotEnough {
  for (const [at, count] of series.entries()) {
    const refused = impossible(count, `day ${at + 1} of ${series.length}`);
    if (refused !== null) return refused;
  }
  const days = series.flatMap((count, index) => (count.n > 0 ? [{ ...count, index }] : []));
  const short = tooShort(days.length, 'days with rows');
  if (short !== null) return short;

  const sums: Count[] = [{ k: 0, n: 0 }];
  for (const { k, n } of days) sums.push({ k: sums.at(-1)!.k + k, n: sums.at(-1)!.n + n });
  const all = sums.at(-1)!;
  const rest = ({ k, n }: Count): Count => ({ k: all.k - k, n: all.n - n });
  const split = bestSplit(days.map(share), (at) => {
    const before = sums[at]!;
    const after = rest(before);
    const gain = logLikelihood(before) + logLikelihood(after) - logLikelihood(all);
    return { gain, before: share(before), after: share(after) };
  });
  if (split === null) return { kind: 'no-change', logLikelihoodRatio: 0 };
  const logLikelihoodRatio =
    Math.max(0, split.gain) / dispersion([days.slice(0, split.at), days.slice(split.at)]);
  if (logLikelihoodRatio <= Math.log(all.n) / 2 + Math.log(days.length)) {
    return { kind: 'no-change', logLikelihoodRatio };
  }
  const before = sums[split.at]!;
  const index = days[split.at]!.index;
  return { kind: 'change', index, before, after: rest(before), logLikelihoodRatio };
}

function share({ k, n }: Count): number {
  return k / n;
}

function logLikelihood({ k, n }: Count): number {
  return k === 0 || k === n ? 0 : k * Math.log(k / n) + (n - k) * Math.log((n - k) / n);
}

/**
 * Mean squared standardised difference of neighbours on one side of the split, at least 1: what it is for binomial
 * days. A side that is all empty or all full says nothing of it.
 */
function dispersion(sides: readonly (readonly Count[])[]): number {
  let squares = 0;
  let pairs = 0;
  for (const side of sides) {
    const { k, n } = total(side);
    if (k === 0 || k === n) continue;
    for (const [at, b] of side.slice(1).entries()) {
      const a = side[at]!;
      squares += (a.k / a.n - b.k / b.n) ** 2 / ((k / n) * (1 - k / n) * (1 / a.n + 1 / b.n));
      pairs++;
    }
  }
  return pairs === 0 ? 1 : Math.max(1, squares / pairs);
}

function total(days: readonly Count[]): Count {
  return days.reduce((sum, { k, n }) => ({ k: sum.k + k, n: sum.n + n }), { k: 0, n: 0 });
}
