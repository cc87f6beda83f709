import { PhasegateError } from '../core/errors.ts';
import type { RepairMessage } from '../core/messages.ts';
import type { World } from '../ports/world.ts';
import { record } from './drain.ts';

/**
 * Wakes a run that is blocked or failed: it reads the data again and writes what is not good, and
 * all that this makes stale.
 *
 * @throws PhasegateError `invalid-input` for a run that nobody knows
 */
export async function repairRun(
  world: World,
  messageId: string,
  { run, requestedBy, reason }: RepairMessage,
): Promise<void> {
  if ((await world.runs.load(run)) === null) {
    throw new PhasegateError('invalid-input', `no run ${run}; \`phasegate status\` lists the runs`);
  }
  const event = { type: 'repair-requested', by: requestedBy, reason, at: world.now() } as const;
  await record(world, run, messageId, event);
}
