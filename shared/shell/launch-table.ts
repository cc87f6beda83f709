import { isEmpty } from '../core/day-set.ts';
import { isKind, PhasegateError } from '../core/errors.ts';
import type { LaunchRequestedMessage } from '../core/messages.ts';
import type { World } from '../ports/world.ts';
import { record } from './drain.ts';
import { withdrawBehind } from './publish-verified.ts';
import { remainingDays } from './remaining-days.ts';

/**
 * Launches one table's job, unless the run has moved on since this was asked for. Days that an
 * earlier attempt of the same work has written are left out; when none is left, the work is done.
 * No verified view shows a day that the job will write, or one behind it.
 */
export async function launchTable(world: World, message: LaunchRequestedMessage): Promise<void> {
  const { run, table, attempt, launch } = message;
  const state = (await world.runs.load(run))?.state;
  if (state == null) {
    throw new PhasegateError(
      'invalid-input',
      `a launch was asked for run ${run}, which nobody started`,
    );
  }
  const own = state.tables[table];
  if (own?.tag !== 'launching' || own.attempt !== attempt) return;
  const subject = { table, attempt, at: world.now() };
  const days = await remainingDays(world.warehouse, message);
  if (isEmpty(days)) {
    return record(world, run, `${launch}:ended`, { type: 'job-succeeded', ...subject });
  }
  const { definition, calendar } = state;
  const pipeline = await world.pipelineOf(definition);
  const written = new Map([[table, days]]);
  await withdrawBehind(world.warehouse, pipeline, written, calendar, { fence: false });
  try {
    const { execution } = await world.jobs.launch({ ...message, id: launch, days, definition });
    const event = { type: 'launch-confirmed', ...subject, execution } as const;
    await record(world, run, `${launch}:confirmed`, event);
  } catch (error) {
    if (!isKind(error, 'invalid-input')) throw error;
    const failure = { failure: 'permanent', message: error.message } as const;
    await record(world, run, `${launch}:ended`, { type: 'job-failed', ...subject, ...failure });
  }
}
