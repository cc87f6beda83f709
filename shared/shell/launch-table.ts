import { isKind, PhasegateError } from '../core/errors.ts';
import type { LaunchRequestedMessage } from '../core/messages.ts';
import type { World } from '../ports/world.ts';
import { record } from './drain.ts';

/** Launches one table's job, unless the run has moved on since this was asked for. */
export async function launchTable(world: World, message: LaunchRequestedMessage): Promise<void> {
  const { run, table, attempt, launch, days } = message;
  const state = (await world.runs.load(run))?.state;
  if (state == null) {
    throw new PhasegateError(
      'invalid-input',
      `a launch was asked for run ${run}, which nobody started`,
    );
  }
  const own = state.tables[table];
  if (own?.tag !== 'launching' || own.attempt !== attempt) return;
  const at = world.now();
  try {
    const { definition } = state;
    const { execution } = await world.jobs.launch({
      id: launch,
      run,
      table,
      attempt,
      days,
      definition,
    });
    const event = { type: 'launch-confirmed', table, attempt, execution, at } as const;
    await record(world, run, `${launch}:confirmed`, event);
  } catch (error) {
    if (!isKind(error, 'invalid-input')) throw error;
    const { message: text } = error;
    const event = {
      type: 'job-failed',
      table,
      attempt,
      failure: 'permanent',
      message: text,
      at,
    } as const;
    await record(world, run, `${launch}:ended`, event);
  }
}
