import { PhasegateError } from '../errors.ts';
import { type NotEnough, unusable } from './not-enough.ts';
import type { NoBaseline, NothingOnBothSides } from './ratio-bands.ts';

/** A mean that moves is not better or worse, so the bands hold in both directions and none is an improvement. */
export type MeanBand = Readonly<{
  kind: 'band';
  /** DEGRADATION: moved by more than 5 % of the old mean. REGRESSION: by more than 10 %. */
  band: 'OK' | 'DEGRADATION' | 'REGRESSION';
}>;

/** A mean that lies on an edge but for rounding is inside. */
const ROUNDING = 1e-9;

/**
 * The mean of a column against the same mean of a baseline that passed its own gate.
 *
 * @param leastChange in the column's unit: a smaller move is OK whatever its ratio, since the mean of a
 *   column like plus_minus lies near 0 and its ratios mean nothing there. 0 switches this off.
 * @returns not enough for a mean that is not finite
 * @throws PhasegateError `invalid-input` for a `leastChange` that is negative or not finite
 */
export function bandMean(
  old: number,
  now: number,
  leastChange: number,
): MeanBand | NothingOnBothSides | NoBaseline | NotEnough {
  if (!(leastChange >= 0 && Number.isFinite(leastChange))) {
    throw new PhasegateError(
      'invalid-input',
      `the least change is ${leastChange}; give a finite number from 0 on`,
    );
  }
  const refused = unusable([old, now], 'mean');
  if (refused !== null) return refused;
  if (old === 0) return { kind: now === 0 ? 'nothing-on-both-sides' : 'no-baseline' };

  const relativeChange = now / Math.abs(old) - Math.sign(old);
  const moved = Math.abs(now - old) < leastChange ? 0 : Math.abs(relativeChange);
  return {
    kind: 'band',
    band: moved > 0.1 + ROUNDING ? 'REGRESSION' : moved > 0.05 + ROUNDING ? 'DEGRADATION' : 'OK',
  };
}
