import { PhasegateError } from '../core/errors.ts';
import { launchId } from '../core/ids.ts';
import type { CancelLaunchMessage } from '../core/messages.ts';
import type { World } from '../ports/world.ts';
import { closeFence, recordEnd } from './launch-lock.ts';

/**
 * Stops the execution of a launch, and sees that none begins its work. Its end is told as any end; where none
 * ever began, the end is recorded here.
 *
 * @throws PhasegateError `invalid-input` for a run that nobody started: nothing changes
 */
export async function cancelLaunch(world: World, message: CancelLaunchMessage): Promise<void> {
  const { run, table, attempt, launch } = message;
  const state = await world.runs.state(run);
  if (state == null) {
    throw new PhasegateError(
      'invalid-input',
      `a launch of run ${run} was to be cancelled, which nobody started`,
    );
  }
  if (attempt > (state.tables[table]?.attempt ?? 0) || launch !== launchId(run, table, attempt)) {
    throw new PhasegateError('invalid-input', `launch ${launch} was never asked for`);
  }
  await closeFence(world.runs, launch);
  if ((await world.jobs.cancel(launch)) !== 'unknown') return;
  await recordEnd(world, message, {
    type: 'job-failed',
    table,
    attempt,
    failure: 'cancelled',
    message: 'it was cancelled',
    at: world.now(),
  });
}
