import { type Bins, type Drift, driftOf, rowsOf, unbinnable } from './drift.ts';
import type { NotEnough } from './not-enough.ts';

/** What an empty bin counts as, in rows: half of what it could have shown. */
const EMPTY_BIN_ROWS = 0.5;

/** 95 % quantile of the standard normal distribution. */
const Z_ONE_SIDED_95 = 1.6448536269514722;

/**
 * The population stability index over fixed bins, `Σ (a − e) ln(a / e)` of new and old shares. An empty bin
 * counts as half a row, so the index is finite and does not depend on a constant; a bin empty on both sides counts nothing.
 *
 * When nothing changed the index is `(1/n + 1/m) χ²` with bins − 1 degrees of freedom (Yurdakul, Statistical Properties of
 * Population Stability Index, 2018). Ten bins need about 340 rows on each side.
 *
 * @returns not enough when chance alone would reach 0.1 in 1 of 20 cases (unless the distance is 0.25 more than
 *   that), for unequal bins, or for a side without rows
 */
export function populationStability(old: Bins, now: Bins): Drift | NotEnough {
  const refused = unbinnable(old, now);
  if (refused !== null) return refused;
  const n = rowsOf(old);
  const m = rowsOf(now);
  let index = 0;
  let used = 0;
  for (const [at, before] of old.entries()) {
    const after = now[at]!;
    if (before === 0 && after === 0) continue;
    const expected = Math.max(before, EMPTY_BIN_ROWS) / n;
    const actual = Math.max(after, EMPTY_BIN_ROWS) / m;
    index += (actual - expected) * Math.log(actual / expected);
    used++;
  }
  return driftOf(index, (1 / n + 1 / m) * chiSquare95(used - 1));
}

/** 95 % quantile, to 1 % from 2 degrees of freedom on (Wilson and Hilferty, PNAS 17, 1931); 0 for none. */
function chiSquare95(degrees: number): number {
  if (degrees === 0) return 0;
  const variance = 2 / (9 * degrees);
  return degrees * (1 - variance + Z_ONE_SIDED_95 * Math.sqrt(variance)) ** 3;
}
