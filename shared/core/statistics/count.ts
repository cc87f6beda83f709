import { formatShare } from '../percent.ts';
import { type NotEnough, notEnough } from './not-enough.ts';

/** `k` of `n` rows hold. */
export type Count = Readonly<{ k: number; n: number }>;

/** Null when `k` and `n` are whole numbers and 0 ≤ k ≤ n; a count of no rows is allowed. */
export function impossible({ k, n }: Count, what: string): NotEnough | null {
  return Number.isSafeInteger(k) && Number.isSafeInteger(n) && k >= 0 && k <= n
    ? null
    : notEnough(`${what} is ${k} of ${n}, not a share of whole rows`);
}

/** Null when the count is possible and has rows: a share of nothing is no share. */
export function shareless(count: Count, what: string): NotEnough | null {
  const refused = impossible(count, what);
  if (refused !== null) return refused;
  return count.n > 0 ? null : notEnough(`${what} is ${formatShare(0, 0)}: no eligible row`);
}
