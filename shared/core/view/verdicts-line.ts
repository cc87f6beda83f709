import type { Verdict } from '../verdict.ts';

const WORST_FIRST = ['FAIL', 'UNKNOWN', 'WARN', 'PASS'] as const;

/** `1 FAIL, 4 PASS`: the worst first; nothing at all is `nothing judged`. */
export function verdictsLine(verdicts: readonly Verdict[]): string {
  const counts = WORST_FIRST.map((wanted) => ({
    wanted,
    count: verdicts.filter((verdict) => verdict === wanted).length,
  }));
  const told = counts.filter(({ count }) => count > 0);
  if (told.length === 0) return 'nothing judged';
  return told.map(({ wanted, count }) => `${count} ${wanted}`).join(', ');
}
