import { normalTwoSidedP } from './normal.ts';
import { type NotEnough, tooShort, unusable } from './not-enough.ts';

export type Trend = Readonly<{
  kind: 'trend';
  /** Pairs that rise minus pairs that fall. */
  s: number;
  /** Two-sided; 1 when all values are equal, since nothing rises and nothing falls. */
  p: number;
}>;

/**
 * Whether a series keeps rising or falling: `S = Σ sign(xⱼ − xᵢ)` over pairs i < j, of variance
 * `(n(n−1)(2n+5) − Σ t(t−1)(2t+5)) / 18` over groups of t equal values, and `z = (S ∓ 1) / √variance`
 * (Mann, Econometrica 13, 1945; Kendall, Rank Correlation Methods). It takes the values as independent:
 * where a day resembles the day before, p is too small.
 *
 * @returns not enough below 8 values, where z is no longer normal, or for one that is not finite
 */
export function mannKendall(values: readonly number[]): Trend | NotEnough {
  const refused = tooShort(values.length, 'values') ?? unusable(values, 'value');
  if (refused !== null) return refused;

  let s = 0;
  for (const [j, later] of values.entries()) {
    for (let i = 0; i < j; i++) s += Math.sign(later - values[i]!);
  }
  const ties = [...Map.groupBy(values, (value) => value).values()];
  const paired = (t: number) => t * (t - 1) * (2 * t + 5);
  const variance =
    (paired(values.length) - ties.reduce((sum, tie) => sum + paired(tie.length), 0)) / 18;
  const p = s === 0 ? 1 : normalTwoSidedP((Math.abs(s) - 1) / Math.sqrt(variance));
  return { kind: 'trend', s, p };
}
