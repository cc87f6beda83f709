import { PhasegateError } from '../../core/errors.ts';
import type { ExecutionState } from '../../ports/job-runner.ts';
import { stopExecution } from './cloud-run-adopt.ts';
import { type End, endOfExecution } from './cloud-run-end.ts';
import type { Execution } from './cloud-run-execution.ts';
import { changeLease, type HeldLease } from './cloud-run-leases.ts';
import { type CloudRunTools, executionsOf } from './cloud-run-tools.ts';

export type Standing = Readonly<{
  /** The lease after all; it may name another execution now. */
  held: HeldLease;
  state: ExecutionState;
  /** Null while it runs, and when Cloud Run does not have it any more. */
  end: End | null;
}>;

/**
 * Where the execution that a lease names stands. When it only found that another execution has the launch, that
 * other one counts from now on. One that is gone has failed, unless it was seen to end well. One that still runs though
 * its launch was cancelled is stopped, if nobody has done so.
 */
export async function standingOf(
  tools: CloudRunTools,
  held: HeldLease,
  name: string,
): Promise<Standing> {
  const { lease } = held;
  const execution = await tools.api.execution(lease.job, name);
  if (execution === null) return { held, state: lease.ended ?? 'failed', end: null };
  if (!execution.isOver) {
    if (lease.isCancelled) await stopExecution(tools, held);
    return { held, state: 'running', end: null };
  }

  const end = await endOf(tools, execution, lease.isCancelled);
  const winner = end.mayHaveLost && lease.ended === null ? await winnerBeside(tools, held) : null;
  if (winner !== null) return moveTo(tools, held, winner);

  const state = end.result === 'succeeded' ? 'succeeded' : 'failed';
  if (lease.ended === state) return { held, state, end };
  const kept = await changeLease(tools.leases, held, { ended: state });
  return { held: kept ?? held, state, end };
}

async function moveTo(tools: CloudRunTools, held: HeldLease, winner: string): Promise<Standing> {
  const moved = await changeLease(tools.leases, held, { execution: winner, isStopSent: false });
  if (moved === null) {
    throw new PhasegateError('unavailable', `launch ${held.launch} is being looked at elsewhere`);
  }
  return standingOf(tools, moved, winner);
}

/** Another execution of the launch that works, or did: one that has not lost it too. */
async function winnerBeside(tools: CloudRunTools, held: HeldLease): Promise<string | null> {
  for (const other of await executionsOf(tools, held)) {
    if (other.name === held.lease.execution) continue;
    const hasLost = other.isOver && (await endOf(tools, other, false)).mayHaveLost;
    if (!hasLost) return other.name;
  }
  return null;
}

async function endOf({ api }: CloudRunTools, execution: Execution, wasAsked: boolean) {
  const tasks = execution.hasSucceeded ? [] : await api.taskEnds(execution.job, execution.name);
  return endOfExecution(execution, tasks, wasAsked);
}
