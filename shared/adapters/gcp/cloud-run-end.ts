import { type Result, resultOf } from '../job-end.ts';
import type { Execution, TaskEnd } from './cloud-run-execution.ts';

export type End = Readonly<{
  result: Result;
  message: string;
  /** Its tasks found that another execution has the launch, or were interrupted. */
  mayHaveLost: boolean;
}>;

/** What a job exits with when another execution has its launch; Ctrl-C looks the same. */
const LOST_LAUNCH = 130;

/** Of several tasks the one that fares worst speaks for all: what fails again, then what has to wait. */
const WORST_FIRST: readonly Result[] = [
  'permanent',
  'quota',
  'not-ready',
  'transient',
  'interrupted',
];

/**
 * How an execution that is over ended. One that was cancelled and had not done its work by then is `cancelled`,
 * whatever its tasks exited with; a task that ran out of time is `transient`, however it took that.
 *
 * @param wasAsked whether we asked it to stop
 */
export function endOfExecution(
  execution: Execution,
  tasks: readonly TaskEnd[],
  wasAsked: boolean,
): End {
  const failed = tasks.filter(({ hasSucceeded }) => !hasSucceeded);
  const isDone = tasks.length > 0 && tasks.length >= execution.taskCount && failed.length === 0;
  if (execution.hasSucceeded || isDone) {
    return { result: 'succeeded', message: '', mayHaveLost: false };
  }
  const mayHaveLost = failed.length > 0 && failed.every(({ exitCode }) => exitCode === LOST_LAUNCH);
  const said = failed.map((task) => ({ result: resultOfTask(task), task }));
  const worst = WORST_FIRST.flatMap((result) => said.filter((each) => each.result === result))[0];
  const isCancelled = wasAsked || execution.isCancelled;
  const how = worst === undefined ? 'did not begin its work' : tellTask(worst.task);
  const logs = execution.logs === '' ? execution.name : execution.logs;
  return {
    result: isCancelled ? 'cancelled' : (worst?.result ?? 'transient'),
    message: `execution ${execution.name} ${isCancelled ? 'was cancelled' : how}; its log: ${logs}`,
    mayHaveLost,
  };
}

function resultOfTask({ exitCode, isTimedOut }: TaskEnd): Result {
  return isTimedOut || exitCode === 0 ? 'transient' : resultOf(exitCode, null);
}

function tellTask({ exitCode, isTimedOut }: TaskEnd): string {
  if (isTimedOut) return 'ran out of time';
  return exitCode === 0 ? 'was ended by the platform' : `ended with exit code ${exitCode}`;
}
