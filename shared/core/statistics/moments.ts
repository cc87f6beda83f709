import { type NotEnough, notEnough } from './not-enough.ts';

/** What a scan keeps of a column on one day; NULLs are in none of it. `min` and `max` are null when `n` is 0. */
export type MomentState = Readonly<{
  n: number;
  sum: number;
  sumOfSquares: number;
  min: number | null;
  max: number | null;
}>;

export type Moments = Readonly<{
  kind: 'moments';
  n: number;
  mean: number;
  /** Of the sample (n − 1). Exactly 0 only when min equals max. */
  standardDeviation: number | NotEnough;
  min: number;
  max: number;
}>;

export const NO_VALUES: MomentState = { n: 0, sum: 0, sumOfSquares: 0, min: null, max: null };

/** One bit of a double. */
const PRECISION = 2 ** -53;

/** Part by which a sound sum may miss a bound through rounding of the bound itself. */
const EDGE = 1e-9;

/** The state of all the days together: counts and sums add, bounds widen. */
export function mergeMoments(states: readonly MomentState[]): MomentState {
  return states.reduce(
    (a, b) => ({
      n: a.n + b.n,
      sum: a.sum + b.sum,
      sumOfSquares: a.sumOfSquares + b.sumOfSquares,
      min: bound(Math.min, a.min, b.min),
      max: bound(Math.max, a.max, b.max),
    }),
    NO_VALUES,
  );
}

/**
 * Mean and standard deviation, `√((Σx² − (Σx)²/n) / (n − 1))`.
 *
 * That difference loses its digits when the mean is large beside the spread, and can come out negative. It is
 * held inside what min and max prove, `(max − min)²/2 ≤ Σ(x − mean)² ≤ n (max − min)²/4` (the upper bound is
 * Popoviciu's), and where rounding could be more than 2 % of it the deviation is not enough instead of a guess.
 *
 * @returns not enough without a value, when a number is not finite, or when the state contradicts itself
 */
export function momentsOf({ n, sum, sumOfSquares, min, max }: MomentState): Moments | NotEnough {
  if (n === 0) return notEnough('no value');
  if (!Number.isSafeInteger(n) || n < 0) return notEnough(`${n} is not a number of rows`);
  if (min === null || max === null) return notEnough(`${n} values without a min and a max`);
  if (![sum, sumOfSquares, min, max].every(Number.isFinite)) {
    return notEnough(`sum ${sum}, squares ${sumOfSquares}, min ${min}, max ${max}: not all finite`);
  }
  const bits = n * PRECISION;
  const mean = sum / n;
  const slack = 4 * bits * Math.max(Math.abs(min), Math.abs(max));
  if (min > max || mean < min - slack || mean > max + slack) {
    return notEnough(`a mean of ${mean} cannot lie between ${min} and ${max}`);
  }
  const width = max - min;
  const least = (width * width) / 2;
  const most = (n * width * width) / 4;
  if (!Number.isFinite(most)) return notEnough(`a width of ${width} is too large to be squared`);

  const seen = sumOfSquares - sum * mean;
  const rounding = 2 * bits * sumOfSquares;
  if (seen < least * (1 - EDGE) - rounding || seen > most * (1 + EDGE) + rounding) {
    return notEnough(`squares of ${sumOfSquares} contradict sum ${sum}, min ${min} and max ${max}`);
  }
  return {
    kind: 'moments',
    n,
    mean: Math.min(max, Math.max(min, mean)),
    standardDeviation: deviationOf(n, Math.min(most, Math.max(least, seen)), rounding),
    min,
    max,
  };
}

/** @param squares of the distances from the mean, in which as much as `rounding` may be wrong */
function deviationOf(n: number, squares: number, rounding: number): number | NotEnough {
  if (n === 1) return notEnough('1 value has no standard deviation, at least 2 are needed');
  return squares === 0 || rounding <= 0.02 * squares
    ? Math.sqrt(squares / (n - 1))
    : notEnough(`the spread of ${n} values is lost in the rounding of their squares`);
}

function bound(
  pick: (a: number, b: number) => number,
  a: number | null,
  b: number | null,
): number | null {
  return a === null ? b : b === null ? a : pick(a, b);
}
