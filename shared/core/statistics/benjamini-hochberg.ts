import { PhasegateError } from '../errors.ts';
import { type NotEnough, notEnough } from './not-enough.ts';

export type Rejections = Readonly<{
  kind: 'rejections';
  /** The largest p-value that is rejected, and with it every one up to it; null when none is. */
  largest: number | null;
}>;

/** The share of what is rejected that may be chance, on average. */
const Q = 0.05;

/**
 * Which of many tests stand after correction for their number: with the p-values in ascending order, all
 * up to the last one with `p(i) ≤ q × i / m`, q = 0.05 (Benjamini and Hochberg, J. R. Statist. Soc. B 57, 1995). Of what it rejects, at
 * most the share q is chance on average, for tests that are independent or rise together.
 *
 * Give it every test that was made, the dull ones too: leaving those out undoes the correction. Equal
 * p-values get equal answers. Fixed thresholds are no tests and stay out.
 *
 * @returns not enough when no test was made
 * @throws PhasegateError `invalid-input` for a p-value outside 0 to 1: leave out what was not enough
 */
export function benjaminiHochberg(pValues: readonly number[]): Rejections | NotEnough {
  const bad = pValues.findIndex((p) => !(p >= 0 && p <= 1));
  if (bad !== -1) {
    throw new PhasegateError(
      'invalid-input',
      `p-value ${bad + 1} of ${pValues.length} is ${pValues[bad]}; give numbers from 0 to 1`,
    );
  }
  if (pValues.length === 0) return notEnough('no p-value: no test was made');

  const largest =
    [...pValues].sort((a, b) => a - b).findLast((p, at) => p * pValues.length <= Q * (at + 1)) ??
    null;
  return { kind: 'rejections', largest };
}
