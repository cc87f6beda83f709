import { PhasegateError } from '../core/errors.ts';
import { launchId } from '../core/ids.ts';
import type { JobFinishedMessage } from '../core/messages.ts';
import type { RunEvent } from '../core/run.ts';
import type { World } from '../ports/world.ts';
import { record } from './drain.ts';

/**
 * Records how an execution ended.
 *
 * @throws PhasegateError `invalid-input` for a run or table that is not ours: nothing changes
 */
export async function recordJob(world: World, message: JobFinishedMessage): Promise<void> {
  const { run, table, attempt, launch, result } = message;
  const stored = await world.runs.load(run);
  if (stored?.state == null) {
    throw new PhasegateError(
      'invalid-input',
      `a job finished for run ${run}, which nobody started`,
    );
  }
  if (!(table in stored.state.tables)) {
    throw new PhasegateError(
      'invalid-input',
      `a job finished for ${table}, which run ${run} does not have`,
    );
  }
  if (launch !== launchId(run, table, attempt)) {
    throw new PhasegateError(
      'invalid-input',
      `launch ${launch} is not attempt ${attempt} of ${table} in run ${run}`,
    );
  }
  const at = world.now();
  const event: RunEvent =
    result === 'succeeded'
      ? { type: 'job-succeeded', table, attempt, at }
      : { type: 'job-failed', table, attempt, failure: result, message: message.message, at };
  await record(world, run, `${launch}:ended`, event);
}
