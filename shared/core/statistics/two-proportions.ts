import { type Count, shareless } from './count.ts';
import { fisherExactP } from './fisher-exact.ts';
import { normalTwoSidedP } from './normal.ts';
import type { NotEnough } from './not-enough.ts';

/** Cochran's rule (Biometrics 10, 1954): below this many expected rows in a cell the normal approximation is not used. */
const LEAST_EXPECTED = 5;

export type Comparison = Readonly<{
  kind: 'compared';
  /** `z`: two-proportion z test. `exact`: Fisher's, where a cell expects fewer than 5 rows. */
  test: 'z' | 'exact';
  /** Two-sided. */
  p: number;
}>;

/**
 * Whether two shares differ by more than chance: `z = (p₂ − p₁) / √(p(1−p)(1/n₁ + 1/n₂))` with the pooled share p
 * (Fleiss, Statistical Methods for Rates and Proportions). It takes rows as independent; rows of
 * one day that fail together make p too small: a small p says that the shares differ, not that it matters. Whoever asks
 * bounds the effect by itself, as the bands of a regression do.
 *
 * @returns not enough when a side has no row, or is an impossible count
 */
export function compareShares(old: Count, now: Count): Comparison | NotEnough {
  const refused = shareless(old, 'the old share') ?? shareless(now, 'the new share');
  if (refused !== null) return refused;

  const pooled = (old.k + now.k) / (old.n + now.n);
  const rarest = Math.min(old.n, now.n) * Math.min(pooled, 1 - pooled);
  if (rarest < LEAST_EXPECTED) {
    return { kind: 'compared', test: 'exact', p: fisherExactP(old, now) };
  }
  const standardError = Math.sqrt(pooled * (1 - pooled) * (1 / old.n + 1 / now.n));
  return {
    kind: 'compared',
    test: 'z',
    p: normalTwoSidedP((now.k / now.n - old.k / old.n) / standardError),
  };
}
