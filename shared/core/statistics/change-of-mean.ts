import { bestSplit } from './best-split.ts';
import { type NotEnough, notEnough, tooShort, unusable } from './not-enough.ts';

export type MeanChange = Readonly<{
  kind: 'change';
  /** Index in the series of the first value at the new level. */
  index: number;
  before: number;
  after: number;
  /** In natural logarithms; of a step without any noise it is large, never infinite. */
  logLikelihoodRatio: number;
}>;

/** The ratio is that of the best split; 0 when no split leaves two levels. */
export type NoMeanChange = Readonly<{ kind: 'no-change'; logLikelihoodRatio: number }>;

/** Squares below this part of what they are compared with are rounding. */
const ROUNDING = 1e-12;

/**
 * Since when a series of means is at another level: the split with the least squares around one mean before and
 * one after, `Λ = n/2 × ln(SS(all) / SS(before and after))`, the normal likelihood ratio (Hinkley, Biometrika 57, 1970).
 *
 * A change is `Λ > 2 ln n`. The BIC's price would be 3/2 ln n (one more mean, one free place: Zhang and Siegmund,
 * Biometrics 63, 2007); the half more pays for a variance that is estimated from few points. Simulated on independent
 * normal noise it finds a change where there is none in 7 % of series of 8, 3 % of 14, 0.7 % of 30, under 0.1 % of 170 points.
 *
 * @returns not enough below 8 values, or for one that is not finite
 */
export function changeOfMean(values: readonly number[]): MeanChange | NoMeanChange | NotEnough {
  const refused = tooShort(values.length, 'values') ?? unusable(values, 'value');
  if (refused !== null) return refused;

  const n = values.length;
  const origin = values[0]!;
  const largest = values.reduce((most, x) => Math.max(most, Math.abs(x - origin)), 0);
  if (!Number.isFinite(largest)) return notEnough('the values are too far apart to be compared');
  if (largest <= ROUNDING * Math.abs(origin)) return { kind: 'no-change', logLikelihoodRatio: 0 };

  const mean = values.reduce((sum, x) => sum + (x - origin) / largest / n, 0);
  const scaled = values.map((x) => (x - origin) / largest - mean);
  const sums = [0];
  for (const x of scaled) sums.push(sums.at(-1)! + x);
  const split = bestSplit(scaled, (at) => {
    const before = sums[at]! / at;
    const after = (sums[n]! - sums[at]!) / (n - at);
    return { gain: at * before ** 2 + (n - at) * after ** 2, before, after };
  });
  if (split === null) return { kind: 'no-change', logLikelihoodRatio: 0 };

  const all = scaled.reduce((sum, x) => sum + x * x, 0);
  const left = Math.max(all - split.gain, ROUNDING * all);
  const logLikelihoodRatio = Math.max(0, (n / 2) * Math.log(all / left));
  if (logLikelihoodRatio <= 2 * Math.log(n)) return { kind: 'no-change', logLikelihoodRatio };
  const before = levelOf(values.slice(0, split.at));
  const after = levelOf(values.slice(split.at));
  return { kind: 'change', index: split.at, before, after, logLikelihoodRatio };
}

function levelOf(values: readonly number[]): number {
  return values.reduce((mean, x, at) => mean + (x - mean) / (at + 1), 0);
}
