import { PhasegateError } from '../../core/errors.ts';
import { attemptOf, type LaunchId, runOf, type TableName } from '../../core/ids.ts';
import type { JobFinishedMessage } from '../../core/messages.ts';
import type { Instant } from '../../core/run.ts';
import type { ExecutionName } from '../../edge/execution-ended.ts';
import type { ExecutionState, JobRunner } from '../../ports/job-runner.ts';
import { adopt } from './cloud-run-adopt.ts';
import { cloudRunApi } from './cloud-run-api.ts';
import { cancelLaunched } from './cloud-run-cancel.ts';
import { type CloudRunPlace, cloudRunClients } from './cloud-run-client.ts';
import { launchOnce } from './cloud-run-launch.ts';
import { findLease, type LaunchLeases } from './cloud-run-leases.ts';
import type { JobSettings } from './cloud-run-overrides.ts';
import { standingOf } from './cloud-run-standing.ts';
import {
  type CloudRunTools,
  DEADLINES,
  type Deadlines,
  executionsOf,
  isAhead,
  launchOf,
} from './cloud-run-tools.ts';

export type CloudRunOptions = CloudRunPlace &
  JobSettings &
  Readonly<{
    /** See `jobName`; a table of another environment has another job. */
    jobNameOf: (table: TableName) => string;
    leases: LaunchLeases;
    deadlines?: Partial<Deadlines>;
    now: () => Instant;
  }>;

export type CloudRunJobRunner = JobRunner &
  Readonly<{
    /**
     * What an execution that is said to have ended has to say; Cloud Run itself is asked. Null when it still runs,
     * when it is none of a launch of this environment, or not the one that counts for its launch.
     *
     * @throws PhasegateError `unavailable` when Cloud Run does not answer
     */
    endOf(execution: ExecutionName): Promise<JobFinishedMessage | null>;
  }>;

/** A task runs for at most 168 hours, https://cloud.google.com/run/docs/configuring/task-timeout; and a day to begin. */
const LONGEST_MS = (168 + 24) * 3_600_000;

/**
 * Executions of Cloud Run jobs, one job a table. A launch has one execution that counts, which its lease names.
 * One that Cloud Run has forgotten (it keeps 1,000 of a job, https://cloud.google.com/run/quotas) has failed,
 * unless it was seen to end. The jobs' `max_retries` is 0 and their image the one that the run pinned, or
 * nothing is started. What a job says itself, with its numbers, comes as its own message.
 */
export function cloudRunJobRunner(options: CloudRunOptions): CloudRunJobRunner {
  const deadlines = { ...DEADLINES, ...options.deadlines };
  const tools: CloudRunTools = {
    api: cloudRunApi(options, cloudRunClients(options), deadlines.callMs),
    leases: options.leases,
    jobNameOf: options.jobNameOf,
    settings: options,
    deadlines,
    now: options.now,
  };
  return {
    launch: async (launch) => ({ execution: await launchOnce(tools, launch) }),
    stateOf: (launch) => stateOf(tools, launch),
    cancel: (launch) => cancelLaunched(tools, launch),
    running: () => running(tools),
    endOf: (execution) => endOf(tools, execution),
  };
}

async function stateOf(tools: CloudRunTools, launch: LaunchId): Promise<ExecutionState> {
  const held = await findLease(tools.leases, launch);
  if (held === null) return 'unknown';
  const { ended, execution, heldUntil } = held.lease;
  if (ended !== null) return ended;
  if (execution !== null) return (await standingOf(tools, held, execution)).state;
  if (heldUntil === null) return 'unknown';
  const begun = (await executionsOf(tools, held)).at(-1);
  if (begun !== undefined) {
    await adopt(tools, held, begun.name);
    return stateOf(tools, launch);
  }
  if (!isAhead(tools, heldUntil)) return 'unknown';
  const message = `whether launch ${launch} has begun is not known yet`;
  throw new PhasegateError('unavailable', message);
}

async function running(tools: CloudRunTools): Promise<readonly LaunchId[]> {
  const found = new Set<LaunchId>();
  const since = Date.parse(tools.now()) - LONGEST_MS;
  for await (const execution of tools.api.executions('-', since)) {
    const launch = execution.isOver ? null : launchOf(tools, execution);
    if (launch !== null) found.add(launch);
  }
  return [...found];
}

async function endOf(
  tools: CloudRunTools,
  { job, execution: name }: ExecutionName,
): Promise<JobFinishedMessage | null> {
  const execution = await tools.api.execution(job, name);
  if (execution === null) return null;
  const launch = launchOf(tools, execution);
  if (launch === null) return null;
  const known = await findLease(tools.leases, launch);
  if (known === null) return null;
  if (known.lease.execution === null) await adopt(tools, known, name);
  const held = await findLease(tools.leases, launch);
  if (held?.lease.execution == null) return null;
  const { held: after, end } = await standingOf(tools, held, held.lease.execution);
  const counts = held.lease.execution === name || after.lease.execution === name;
  if (!counts || end === null) return null;
  const { table, attempt } = attemptOf(launch);
  const { result, message } = end;
  return { run: runOf(launch), launch, table, attempt, result, message, metrics: {} };
}
