import type { DaySet } from '../core/day-set.ts';
import type { LaunchId, RunId, TableName } from '../core/ids.ts';
import type { RunProgram } from '../core/table-job.ts';

export type Launch = Readonly<{
  id: LaunchId;
  run: RunId;
  table: TableName;
  attempt: number;
  days: DaySet;
  /** Hash of the run's pipeline definition. */
  definition: string;
  /** What the run pinned for the job that ships; null: whatever is deployed. */
  image: string | null;
  /** What to run instead of the job that ships; null: that one. */
  program: RunProgram | null;
}>;

export type ExecutionState = 'unknown' | 'running' | 'succeeded' | 'failed';

/**
 * Runs jobs: Cloud Run Jobs, or child processes. When an execution ends, however it ends, a message
 * on `phasegate-job-finished` says so at least once.
 */
export interface JobRunner {
  /**
   * Starts the execution of a launch; asked again for the same launch, returns the first one.
   *
   * @throws PhasegateError `conflict` when the launch was cancelled before, `invalid-input` when it can never start,
   *   `unavailable` when it may later
   */
  launch(launch: Launch): Promise<Readonly<{ execution: string }>>;

  /** `unknown` for a launch that was never started here. */
  stateOf(launch: LaunchId): Promise<ExecutionState>;

  /**
   * Asks the execution of a launch to stop, once, however often it is called. Its end is told by the same
   * message as any end: `cancelled`, unless it had done its work by then.
   *
   * @returns the state now; `unknown` for a launch that was never started here: it never will be
   */
  cancel(launch: LaunchId): Promise<ExecutionState>;

  /** Launches whose execution runs now. */
  running(): Promise<readonly LaunchId[]>;
}
