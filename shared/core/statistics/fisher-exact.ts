import type { Count } from './count.ts';
import { logGamma } from './log-gamma.ts';

/** Tables as likely as the one seen, but for rounding, count as such. */
const ROUNDING = 1e-7;

/**
 * Two-sided p-value of Fisher's exact test (The Design of Experiments, 1935): the probability of all tables with
 * the same margins that are no more likely than the one seen. Time grows with the smallest margin.
 */
export function fisherExactP(a: Count, b: Count): number {
  const held = a.k + b.k;
  const rows = a.n + b.n;
  const least = Math.max(0, held - b.n);
  const most = Math.min(a.n, held);
  const logProbability = (k: number) =>
    logChoose(a.n, k) + logChoose(b.n, held - k) - logChoose(rows, held);
  const seen = logProbability(a.k) + ROUNDING;
  let p = 0;
  for (let k = least; k <= most; k++) {
    const likely = logProbability(k);
    if (likely <= seen) p += Math.exp(likely);
  }
  return Math.min(1, p);
}

function logChoose(n: number, k: number): number {
  return logGamma(n + 1) - logGamma(k + 1) - logGamma(n - k + 1);
}
