import type { Instant } from '../run.ts';
import { median } from '../statistics/median.ts';

/** One piece of work that was done: how large it was, and what it took. */
export type Sample = Readonly<{
  /** Calendar days that it wrote or judged, at least 1. */
  days: number;
  amount: number;
  /** When it began. */
  at: Instant;
}>;

/** What something takes: the median of what it took, and the least and the most. */
export type Spread = Readonly<{ low: number; middle: number; high: number }>;

/** What an estimate rests on. */
export type Basis = Readonly<{
  /** Pieces of work. */
  of: number;
  /** The oldest of them. */
  since: Instant;
  /** Each had a quarter to four times as many days. */
  isAlike: boolean;
  /** Fewer than three pieces show no spread, so it is told as half to twice. */
  isThin: boolean;
}>;

export type Estimate = Spread & Readonly<{ basis: Basis }>;

export const NOTHING: Spread = { low: 0, middle: 0, high: 0 };

const ALIKE = 4;
const ENOUGH = 3;

/**
 * What so many days will take. Work of a like size counts alone where there are three pieces of it,
 * otherwise all.
 *
 * @param grows whether it takes twice as much for twice the days; otherwise the days choose the samples alone
 * @returns null without any sample: nothing is known
 */
export function estimateOf(
  samples: readonly Sample[],
  days: number,
  grows: boolean,
): Estimate | null {
  const alike = samples.filter((each) => each.days * ALIKE >= days && each.days <= days * ALIKE);
  const used = alike.length >= ENOUGH ? alike : samples;
  const amounts = used.map(({ amount, days: own }) => (grows ? (amount / own) * days : amount));
  const middle = median(amounts);
  if (typeof middle !== 'number') return null;
  const isThin = used.length < ENOUGH;
  const since = used.map(({ at }) => at).reduce((a, b) => (a < b ? a : b));
  return {
    low: Math.min(...amounts, ...(isThin ? [middle / 2] : [])),
    middle,
    high: Math.max(...amounts, ...(isThin ? [middle * 2] : [])),
    basis: { of: used.length, since, isAlike: used.every((each) => alike.includes(each)), isThin },
  };
}

export function sumOfSpreads(spreads: readonly Spread[]): Spread {
  return spreads.reduce(
    (a, b) => ({ low: a.low + b.low, middle: a.middle + b.middle, high: a.high + b.high }),
    NOTHING,
  );
}
