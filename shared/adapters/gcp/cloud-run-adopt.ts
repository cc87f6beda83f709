import { PhasegateError } from '../../core/errors.ts';
import type { ExecutionState } from '../../ports/job-runner.ts';
import { changeLease, findLease, type HeldLease } from './cloud-run-leases.ts';
import type { CloudRunTools } from './cloud-run-tools.ts';

/**
 * Makes an execution the one that counts for its launch, unless another does: then this one is stopped. One whose
 * launch was cancelled in the meantime is stopped as well.
 *
 * @returns the execution that counts
 */
export async function adopt(
  tools: CloudRunTools,
  held: HeldLease,
  execution: string,
): Promise<string> {
  let now: HeldLease | null = held;
  while (now !== null) {
    const { job, execution: counts } = now.lease;
    if (counts !== null) {
      if (counts !== execution) await tools.api.stop(job, execution);
      return counts;
    }
    const changed: HeldLease | null = await changeLease(tools.leases, now, {
      execution,
      heldUntil: null,
    });
    if (changed !== null) {
      if (changed.lease.isCancelled) await stopExecution(tools, changed);
      return execution;
    }
    now = await findLease(tools.leases, held.launch);
  }
  throw new PhasegateError('bug', `the lease of launch ${held.launch} is gone`);
}

/** Cloud Run is asked at least once, and not again once it is known that it was. */
export async function stopExecution(
  { api, leases }: CloudRunTools,
  held: HeldLease,
): Promise<ExecutionState> {
  const { job, execution, isStopSent } = held.lease;
  if (execution === null || isStopSent) return 'running';
  await api.stop(job, execution);
  await changeLease(leases, held, { isStopSent: true });
  return 'running';
}
