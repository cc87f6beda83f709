import { isKind, type PhasegateError } from '../core/errors.ts';
import type { RunStatus } from '../core/run.ts';
import { letsPass, type Verdict } from '../core/verdict.ts';

/** 0 passed, warned or done · 1 refused, failed, blocked or not at its end · 2 usage · 3 could not be evaluated · 130 interrupted; of a job, 69 when a quota is used up. */
export type ExitCode = 0 | 1 | 2 | 3 | 69 | 130;

export function exitCodeOfRun(status: RunStatus): ExitCode {
  return status === 'passed' ? 0 : 1;
}

export function exitCodeOfVerdict(verdict: Verdict): ExitCode {
  if (letsPass(verdict)) return 0;
  return verdict === 'FAIL' ? 1 : 3;
}

export function exitCodeOfError(error: PhasegateError): ExitCode {
  if (isKind(error, 'invalid-input')) return 2;
  return isKind(error, 'unavailable') || isKind(error, 'pending') ? 3 : 1;
}
