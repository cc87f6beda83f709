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
export function nextCommands({ run, status }: RunState): readonly string[] {
  switch (status) {
    case 'blocked':
    case 'failed':
      return [`npx phasegate explain ${run}`, `npx phasegate repair ${run}`];
    case 'passed':
    case 'cancelled':
      return [];
    default:
      return [`npx phasegate status ${run}`];
  }
}
