import type { TableName } from './ids.ts';
import type { Refusal, SetGoingAgain } from './refusals.ts';
import type { Instant, RunState } from './run.ts';
import type { Severity, Verdict } from './verdict.ts';
import { letsPass, worst } from './verdict.ts';
import { verdictsOf } from './view/run-lines.ts';

/** A check as the gate's evidence kept it. Days are spans `a..b`. */
export type ReportedCheck = Readonly<{
  id: string;
  kind: string;
  severity: Severity;
  verdict: Verdict;
  observed: string;
  expected: string;
  days: readonly string[];
  message: string;
  /** The same check of the last gate over the same range before the run last looked what there is to do; null: there was none. */
  former?: Readonly<{ verdict: Verdict; observed: string }> | null;
}>;

/** Everything an end-of-run report tells. */
export type RunReport = Readonly<{
  state: RunState;
  startedAt: Instant;
  /** Null while the run is live. */
  endedAt: Instant | null;
  repairs: number;
  launches: number;
  checks: ReadonlyMap<TableName, readonly ReportedCheck[]>;
  /** Who asked for the run, and why; absent: not known. */
  asked?: Readonly<{ by: string; reason: string }>;
  /** The evidence of each table's last gate; absent: not known. */
  evidence?: ReadonlyMap<TableName, string>;
  /** What was refused before it passed, in the order in which it was; absent: not known. */
  refused?: readonly Refusal[];
  /** Who set the run going again after it had come to rest; absent: not known. */
  again?: readonly SetGoingAgain[];
  /** What a plan of it said it would take; absent: nobody estimated it. */
  estimated?: Readonly<{ minutes: number; bytes: number | null }>;
}>;

/** The worst verdict among the run's tables. A run that did not pass, or not yet, is no pass, whatever its tables say. */
export function verdictOfRun(state: RunState): Verdict {
  const verdict = worst(Object.values(verdictsOf(state)));
  if (state.status === 'passed' || !letsPass(verdict)) return verdict;
  return state.status === 'blocked' || state.status === 'failed' ? 'FAIL' : 'UNKNOWN';
}

/** What a person can do next, as commands. */
export function nextCommands(state: RunState): readonly string[] {
  const { run, status } = state;
  switch (status) {
    case 'blocked':
    case 'failed': {
      const goOn = isForRetry(state) ? 'retry' : 'repair';
      return [`npx phasegate explain ${run}`, `npx phasegate ${goOn} ${run}`];
    }
    case 'passed':
    case 'cancelled':
      return [];
    default:
      return [`npx phasegate status ${run}`];
  }
}

/** Whether jobs failed and no gate refused, so that a retry goes on with the run. */
export function isForRetry({ status, tables }: Pick<RunState, 'status' | 'tables'>): boolean {
  const tags = Object.values(tables).map(({ tag }) => tag);
  const isOver = status === 'blocked' || status === 'failed';
  return isOver && tags.includes('failed') && !tags.includes('blocked');
}
