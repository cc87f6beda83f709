import type { TableName } from './ids.ts';
import type { Instant, RunState } from './run.ts';
import type { Severity, Verdict } from './verdict.ts';
import { worst } from './verdict.ts';
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
}>;

/** The worst verdict among the run's tables. */
export function verdictOfRun(state: RunState): Verdict {
  return worst(Object.values(verdictsOf(state)));
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
