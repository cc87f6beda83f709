import { PhasegateError } from '../../core/errors.ts';
import type { LaunchId } from '../../core/ids.ts';
import { attemptOf } from '../../core/ids.ts';
import type { ExecutionState } from '../../ports/job-runner.ts';
import { adopt, stopExecution } from './cloud-run-adopt.ts';
import { changeLease, createLease, findLease, type HeldLease } from './cloud-run-leases.ts';
import { standingOf } from './cloud-run-standing.ts';
import { type CloudRunTools, executionsOf, isAhead } from './cloud-run-tools.ts';

/**
 * Writes down that a launch is to stop, then stops what began for it.
 *
 * @throws PhasegateError `unavailable` while nobody can tell whether an execution began; asked later, it can be told
 */
export async function cancelLaunched(
  tools: CloudRunTools,
  launch: LaunchId,
): Promise<ExecutionState> {
  const first = {
    job: tools.jobNameOf(attemptOf(launch).table),
    since: tools.now(),
    isCancelled: true,
  };
  for (;;) {
    const held =
      (await findLease(tools.leases, launch)) ?? (await createLease(tools.leases, launch, first));
    const state = held === null ? null : await cancelHeld(tools, held);
    if (state !== null) return state;
  }
}

/** Null: somebody else wrote in between. */
async function cancelHeld(tools: CloudRunTools, held: HeldLease): Promise<ExecutionState | null> {
  const { execution, ended } = held.lease;
  if (ended !== null) {
    await stopOthers(tools, held);
    return ended;
  }
  if (execution === null) return cancelUnseen(tools, held);
  const standing = await standingOf(tools, held, execution);
  if (standing.state !== 'running') return standing.state;
  const wished = await wish(tools, standing.held);
  return wished === null ? null : stopExecution(tools, wished);
}

async function cancelUnseen(tools: CloudRunTools, held: HeldLease): Promise<ExecutionState | null> {
  const wished = await wish(tools, held);
  if (wished === null) return null;
  const { heldUntil } = wished.lease;
  if (heldUntil === null) return 'unknown';
  const begun = (await executionsOf(tools, wished)).at(-1);
  if (begun !== undefined) {
    await adopt(tools, wished, begun.name);
    return null;
  }
  if (!isAhead(tools, heldUntil)) return 'unknown';
  throw new PhasegateError(
    'unavailable',
    `whether launch ${held.launch} has begun is not known yet; if it has, it will be stopped`,
  );
}

async function wish({ leases }: CloudRunTools, held: HeldLease): Promise<HeldLease | null> {
  return held.lease.isCancelled ? held : changeLease(leases, held, { isCancelled: true });
}

/** What began beside the one that counts writes for nobody. */
async function stopOthers(tools: CloudRunTools, held: HeldLease): Promise<void> {
  for (const other of await executionsOf(tools, held)) {
    if (!other.isOver) await tools.api.stop(other.job, other.name);
  }
}
