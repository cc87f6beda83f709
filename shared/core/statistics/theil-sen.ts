import { type NotEnough, notEnough, tooShort, unusable } from './not-enough.ts';

/** A value and where it lies, for example a day's number; the unit of `at` is the slope's. */
export type Point = Readonly<{ at: number; value: number }>;

export type Slope = Readonly<{ kind: 'slope'; perUnit: number }>;

/**
 * The median slope of all pairs, `median((yⱼ − yᵢ) / (xⱼ − xᵢ))`: up to 29 % of the points may be anything
 * (Theil 1950; Sen, JASA 63, 1968). It keeps n(n−1)/2 slopes: 4 MB and a tenth of a second for 1,000 points.
 *
 * @param points in ascending order of `at`, no two at the same
 * @returns not enough below 8 points, for a value that is not finite, or for points out of order
 */
export function theilSenSlope(points: readonly Point[]): Slope | NotEnough {
  const values = points.map(({ value }) => value);
  const places = points.map(({ at }) => at);
  const refused =
    tooShort(points.length, 'points') ?? unusable(values, 'value') ?? unusable(places, 'place');
  if (refused !== null) return refused;
  const stray = places.findIndex((at, i) => i > 0 && at <= places[i - 1]!);
  if (stray !== -1) return notEnough(`point ${stray + 1} does not lie after the one before it`);

  const slopes = new Float64Array((points.length * (points.length - 1)) / 2);
  let count = 0;
  for (let j = 1; j < points.length; j++) {
    for (let i = 0; i < j; i++) {
      slopes[count++] = (values[j]! - values[i]!) / (places[j]! - places[i]!);
    }
  }
  slopes.sort();
  const perUnit = (slopes[(count - 1) >> 1]! + slopes[count >> 1]!) / 2;
  return Number.isFinite(perUnit)
    ? { kind: 'slope', perUnit }
    : notEnough('the values are too far apart for a slope');
}
