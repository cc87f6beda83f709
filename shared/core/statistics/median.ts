import { type NotEnough, notEnough, unusable } from './not-enough.ts';

/**
 * The middle value, or the mean of the two middle ones. In any order.
 *
 * @returns not enough for no value, or for one that is not finite
 */
export function median(values: readonly number[]): number | NotEnough {
  if (values.length === 0) return notEnough('no value, at least 1 is needed');
  return unusable(values, 'value') ?? middle(Float64Array.from(values).sort());
}

/**
 * Median absolute deviation from the median, `median(|x − median(x)|)`, in the unit of the values and
 * not scaled to a standard deviation (Hampel, JASA 69, 1974).
 *
 * @returns not enough for no value, or for one that is not finite
 */
export function medianAbsoluteDeviation(values: readonly number[]): number | NotEnough {
  const centre = median(values);
  return typeof centre === 'number' ? median(values.map((x) => Math.abs(x - centre))) : centre;
}

/** The middle of values in ascending order; halves before adding where the sum would overflow. */
function middle(sorted: Float64Array): number {
  const high = sorted[sorted.length >> 1]!;
  if (sorted.length % 2 === 1) return high;
  const low = sorted[(sorted.length >> 1) - 1]!;
  return Number.isFinite(low + high) ? (low + high) / 2 : low / 2 + high / 2;
}
