import { setTimeout as pause } from 'node:timers/promises';
import { PhasegateError } from '../../core/errors.ts';
import type { Launch } from '../../ports/job-runner.ts';
import { adopt } from './cloud-run-adopt.ts';
import type { Overrides } from './cloud-run-api.ts';
import { hasStartedNothing, refusedStart } from './cloud-run-errors.ts';
import { changeLease, createLease, findLease, type HeldLease } from './cloud-run-leases.ts';
import { overridesOf } from './cloud-run-overrides.ts';
import { type CloudRunTools, executionsOf, isAhead, later } from './cloud-run-tools.ts';

/**
 * Starts the execution of a launch once, however many instances try and whatever gets lost. Cloud Run takes no id
 * with a request to run a job, so: only the instance whose write of `heldUntil` succeeded may call; it looks among
 * the job's executions first; and after an answer that was lost nobody calls again until every execution that the
 * call may have begun would be seen.
 */
export async function launchOnce(tools: CloudRunTools, launch: Launch): Promise<string> {
  const { patienceMs, pollMs } = tools.deadlines;
  const giveUp = later(tools, patienceMs);
  for (let pauseMs = pollMs; ; pauseMs = Math.min(pauseMs * 2, pollMs * 16)) {
    const execution = await tryToLaunch(tools, launch);
    if (execution !== null) return execution;
    if (!isAhead(tools, giveUp)) {
      const message = `whether launch ${launch.id} has begun is not known yet`;
      throw new PhasegateError('unavailable', message);
    }
    await pause(pauseMs);
  }
}

/** Null: somebody else is at it, or nobody can tell yet. */
async function tryToLaunch(tools: CloudRunTools, launch: Launch): Promise<string | null> {
  const { leases, deadlines } = tools;
  const first = { job: tools.jobNameOf(launch.table), since: tools.now() };
  const held =
    (await findLease(leases, launch.id)) ?? (await createLease(leases, launch.id, first));
  if (held === null) return null;
  const { lease } = held;
  if (lease.execution !== null) return lease.execution;

  const begun = (await executionsOf(tools, held)).at(-1);
  if (begun !== undefined) return adopt(tools, held, begun.name);
  if (isAhead(tools, lease.heldUntil)) return null;
  if (lease.isCancelled) {
    throw new PhasegateError('conflict', `launch ${launch.id} was cancelled before it started`);
  }
  const overrides = await prepare(tools, launch, lease.job);
  const heldUntil = later(tools, deadlines.callMs + deadlines.settleMs);
  const mine = await changeLease(leases, held, { heldUntil });
  return mine === null ? null : start(tools, mine, overrides);
}

async function start(
  tools: CloudRunTools,
  mine: HeldLease,
  overrides: Overrides,
): Promise<string | null> {
  const { job } = mine.lease;
  let execution: string;
  try {
    execution = await tools.api.run(job, overrides);
  } catch (error) {
    const isNothing = hasStartedNothing(error);
    const heldUntil = isNothing ? null : later(tools, tools.deadlines.settleMs);
    await changeLease(tools.leases, mine, { heldUntil });
    if (isNothing) throw refusedStart(job, error);
    return null;
  }
  return adopt(tools, mine, execution);
}

/** @throws PhasegateError `invalid-input` for a job that would do something else than what was asked for */
async function prepare(tools: CloudRunTools, launch: Launch, job: string): Promise<Overrides> {
  const template = await tools.api.template(job);
  if (template === null) {
    const message = `Cloud Run has no job ${job}, which is to write ${launch.table}: deploy it`;
    throw new PhasegateError('invalid-input', message);
  }
  const { image, container, maxRetries } = template;
  if (maxRetries !== 0) {
    const said = maxRetries ?? 'not set, which means 3';
    throw new PhasegateError(
      'invalid-input',
      `max_retries of job ${job} is ${said}; it has to be 0: launches are tried again by their run, and only there`,
    );
  }
  const pinned = pinnedImage(launch);
  if (pinned !== null && pinned !== image) {
    throw new PhasegateError(
      'invalid-input',
      `run ${launch.run} began with image ${pinned} for ${launch.table}; job ${job} is deployed with ${image} now`,
    );
  }
  return overridesOf(tools.settings, launch, container);
}

/** The image of a table's program is part of the run's definition; that of the job that ships came with its start. */
function pinnedImage({ image, program, table, run }: Launch): string | null {
  if (program === null) return image;
  if (program.image !== null) return program.image;
  throw new PhasegateError(
    'invalid-input',
    `${table}: job.program.image is not set in the definition of run ${run}, and Cloud Run runs that; accepted: an image by its digest; set it, deploy, and start a new run`,
  );
}
