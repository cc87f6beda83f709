import type { Percent } from '../percent.ts';
import { type Count, shareless } from './count.ts';
import { Z_95 } from './normal.ts';
import type { NotEnough } from './not-enough.ts';

/** Shares from 0 to 1. */
export type Interval = Readonly<{ kind: 'interval'; lower: number; upper: number }>;

/**
 * The 95 % score interval of a share seen in a sample (Wilson, JASA 22, 1927): with p = k/n, z = 1.96,
 * `(p + z²/2n ± z √(p(1−p)/n + z²/4n²)) / (1 + z²/n)`. It holds for few rows and at 0 and 100 %.
 * For samples only: the share of a census is exact and needs no interval.
 *
 * @returns not enough for no row, or for an impossible count
 */
export function wilsonInterval(count: Count): Interval | NotEnough {
  return (
    shareless(count, 'the sample') ?? {
      kind: 'interval',
      lower: lowerBound(count.k, count.n),
      upper: 1 - lowerBound(count.n - count.k, count.n),
    }
  );
}

export type Decision = Readonly<{
  kind: 'decided';
  /** `undecided`: the threshold lies inside the interval, so more rows are needed. */
  decision: 'PASS' | 'FAIL' | 'undecided';
  interval: Interval;
}>;

/**
 * What a sample can say of a threshold: PASS when the whole interval reaches it, FAIL when none of it does.
 *
 * @returns not enough for no row, or for an impossible count
 */
export function decideSample(count: Count, atLeast: Percent): Decision | NotEnough {
  const interval = wilsonInterval(count);
  if (interval.kind === 'not-enough') return interval;
  const threshold = Number(atLeast.numerator) / Number(100n * atLeast.denominator);
  const decision =
    interval.lower >= threshold ? 'PASS' : interval.upper < threshold ? 'FAIL' : 'undecided';
  return { kind: 'decided', decision, interval };
}

function lowerBound(k: number, n: number): number {
  const z2 = Z_95 * Z_95;
  const spread = Z_95 * Math.sqrt(z2 + (4 * k * (n - k)) / n);
  return (2 * k + z2 - spread) / (2 * (n + z2));
}
