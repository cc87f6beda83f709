import { PhasegateError } from '../errors.ts';
import { median, medianAbsoluteDeviation } from './median.ts';
import { LEAST_HISTORY, type NotEnough, notEnough, tooShort, unusable } from './not-enough.ts';
import { studentTwoSidedP } from './student-t.ts';

/** Makes the median absolute deviation of normal values a standard deviation. */
const NORMAL_CONSISTENCY = 1.4826;

/** Cut-off of Iglewicz and Hoaglin, How to Detect and Handle Outliers (1993). */
export const OUTLYING_Z = 3.5;

/** Spread below this part of the median is rounding, not spread. */
const ROUNDING = 1e-12;

export type RobustZ = Readonly<{
  kind: 'z';
  /** Robust standard deviations above (or, negative, below) the median of the others. */
  z: number;
  /** Two-sided, calibrated for the number of others: what a correction for many checks needs. */
  p: number;
  /** |z| > {@link OUTLYING_Z}. */
  isOutlying: boolean;
  median: number;
  /** 1.4826 × the median absolute deviation of the others, never 0. */
  scale: number;
}>;

/** At least half of the others are the same number: there is no scale, only the caller's tolerance. */
export type Constant = Readonly<{
  kind: 'constant';
  median: number;
  /** The point is off the median by more than the tolerance. */
  isOutlying: boolean;
}>;

/**
 * How far a point lies from others that it is not one of: `(point − median) / (1.4826 × MAD)`.
 *
 * The point must not be among `others`: a z-score with its own point in the baseline cannot exceed
 * (n − 1)/√n, which is under 3.5 up to 14 points. With few others |z| > 3.5 is not rare: normal values reach it in
 * 5 % of cases with 8 others, 1 % with 20, 0.1 % with 150. `p` knows this: it is the p-value of
 * `z / √(1 + π/2n)` under Student's t with 0.37 n degrees of freedom (0.37 is the efficiency of the MAD,
 * π/2 the variance of a median); simulated, it is right from 30 others on and cautious below.
 *
 * @param absoluteTolerance in the unit of the point: what it may be off when the others are constant
 * @returns not enough below 8 others, and for a value that is not finite
 * @throws PhasegateError `invalid-input` for a tolerance that is negative or not finite
 */
export function robustZ(
  point: number,
  others: readonly number[],
  absoluteTolerance: number,
): RobustZ | Constant | NotEnough {
  if (!(absoluteTolerance >= 0 && Number.isFinite(absoluteTolerance))) {
    throw new PhasegateError(
      'invalid-input',
      `the absolute tolerance is ${absoluteTolerance}; give a finite number from 0 on`,
    );
  }
  const refused =
    unusable([point], 'the tested point,') ??
    tooShort(others.length, 'other points') ??
    unusable(others, 'other point');
  if (refused !== null) return refused;
  const centre = median(others);
  const spread = medianAbsoluteDeviation(others);
  if (typeof centre !== 'number') return centre;
  if (typeof spread !== 'number') return spread;

  const deviation = point - centre;
  if (spread <= ROUNDING * Math.abs(centre)) {
    const isOutlying = Math.abs(deviation) > absoluteTolerance;
    return { kind: 'constant', median: centre, isOutlying };
  }
  const scale = NORMAL_CONSISTENCY * spread;
  const z = deviation / scale;
  if (!Number.isFinite(z)) return notEnough(`${point} is too far from ${centre} to be divided`);
  const n = others.length;
  const p = studentTwoSidedP(z / Math.sqrt(1 + Math.PI / (2 * n)), 0.37 * n);
  return { kind: 'z', z, p, isOutlying: Math.abs(z) > OUTLYING_Z, median: centre, scale };
}

/**
 * {@link robustZ} of each point against all the others of the series, in its order. A series of fewer
 * than 9 points gets only not enough. Quadratic: 1,000 points take a fifth of a second.
 */
export function leaveOneOut(
  series: readonly number[],
  absoluteTolerance: number,
): readonly (RobustZ | Constant | NotEnough)[] {
  return series.map((point, at) =>
    series.length <= LEAST_HISTORY
      ? notEnough(`${series.length} points, at least ${LEAST_HISTORY + 1} are needed`)
      : robustZ(point, series.toSpliced(at, 1), absoluteTolerance),
  );
}
