import type { DaySpan } from '../core/day-set.ts';
import { PhasegateError } from '../core/errors.ts';
import { launchId } from '../core/ids.ts';
import type { JobFinishedMessage } from '../core/messages.ts';
import type { Instant, RunState } from '../core/run.ts';
import type { RunEvent } from '../core/run-event.ts';
import { METRICS } from '../core/system-tables.ts';
import type { World } from '../ports/world.ts';
import { recordEnd } from './launch-lock.ts';
import { jobIdOf } from './record-days.ts';

/**
 * Keeps the numbers that a job published, then records how its execution ended: who hears that it
 * succeeded finds them. Those of a launch that failed are not kept. What the launch held is free afterwards.
 *
 * @throws PhasegateError `invalid-input` for a run or table that is not ours: nothing changes
 */
export async function recordJob(world: World, message: JobFinishedMessage): Promise<void> {
  const { run, table, attempt, launch, result, retryAt } = message;
  const state = await world.runs.state(run);
  if (state === null) {
    throw new PhasegateError(
      'invalid-input',
      `a job finished for run ${run}, which nobody started`,
    );
  }
  if (!(table in state.tables)) {
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
  if (attempt > (state.tables[table]?.attempt ?? 0)) {
    throw new PhasegateError('invalid-input', `launch ${launch} was never asked for`);
  }
  const at = world.now();
  if (result === 'succeeded') {
    await keepMetrics(world, message, daysOf(state, message), at);
  }
  const event: RunEvent =
    result === 'succeeded'
      ? { type: 'job-succeeded', table, attempt, at }
      : {
          type: 'job-failed',
          table,
          attempt,
          failure: result,
          message: message.message,
          ...(retryAt === undefined ? {} : { retryAt }),
          at,
        };
  await recordEnd(world, message, event);
}

/** The first and the last day that the launch wrote; those of the whole run when it is no longer known. */
function daysOf({ tables, request }: RunState, { table, attempt }: JobFinishedMessage): DaySpan {
  const state = tables[table];
  const days =
    state !== undefined && state.attempt === attempt && 'days' in state ? state.days : [];
  return { from: days[0]?.from ?? request.from, to: days.at(-1)?.to ?? request.to };
}

/** Appended once for each launch, whoever tells them again. */
async function keepMetrics(
  { warehouse }: World,
  { run, launch, table, metrics }: JobFinishedMessage,
  { from, to }: DaySpan,
  at: Instant,
): Promise<void> {
  const rows = Object.entries(metrics).map(([metric, value]) => ({
    run,
    launch,
    table_name: table,
    metric,
    value,
    data_from: from,
    data_to: to,
    recorded_at: at,
    recorded_on: at.slice(0, 10),
  }));
  if (rows.length > 0) {
    await warehouse.append(METRICS.name, rows, { jobId: jobIdOf(launch, 'metrics') });
  }
}
