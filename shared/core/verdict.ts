/**
 * PASS and WARN let a run go on; FAIL and UNKNOWN never do. UNKNOWN means "could not be
 * evaluated": a query error, a missing column, an empty population, no baseline.
 */
export type Verdict = 'PASS' | 'WARN' | 'FAIL' | 'UNKNOWN';

/** What a failed check does to its gate. */
export type Severity = 'block' | 'warn';

const BADNESS: Readonly<Record<Verdict, number>> = { PASS: 0, WARN: 1, UNKNOWN: 2, FAIL: 3 };

/** The worst of them; nothing at all is UNKNOWN, because nothing was shown. */
export function worst(verdicts: readonly Verdict[]): Verdict {
  return verdicts.length === 0
    ? 'UNKNOWN'
    : verdicts.reduce((a, b) => (BADNESS[a] >= BADNESS[b] ? a : b));
}

/** What a check's own verdict means for its gate: a check that only warns cannot fail it. */
export function weigh(verdict: Verdict, severity: Severity): Verdict {
  return verdict === 'FAIL' && severity === 'warn' ? 'WARN' : verdict;
}

export function letsPass(verdict: Verdict): verdict is 'PASS' | 'WARN' {
  return verdict === 'PASS' || verdict === 'WARN';
}
