import { PhasegateError } from '../core/errors.ts';
import { fingerprint } from '../core/fingerprint.ts';
import {
  type LaunchId,
  launchId,
  parseTableName,
  type RunId,
  type TableName,
} from '../core/ids.ts';
import type { Pipeline } from '../core/pipeline.ts';
import type { RunRequest } from '../core/run.ts';
import type { World } from '../ports/world.ts';
import { refuseOverlap } from './refuse-overlap.ts';

/** Held, by no launch, while a run is set going. */
export const STARTS: TableName = parseTableName('phasegate.starts');

/** Lets go of whatever the deliveries of this message hold, those that died and those for another run. */
export async function endStart({ runs }: Pick<World, 'runs'>, messageId: string): Promise<void> {
  const end = `.${numberOf(messageId)}`;
  for (const { table, launch } of await runs.locks()) {
    if (table === STARTS && launch.endsWith(end)) await runs.unlock(table, launch);
  }
}

/** Each message holds for itself, so that none lets go of what another one holds; all its deliveries hold as one. */
export function holderOf(run: RunId, messageId: string): LaunchId {
  return launchId(run, STARTS, numberOf(messageId));
}

function numberOf(messageId: string): number {
  return Number.parseInt(fingerprint(messageId).slice(0, 12), 16) + 1;
}

/**
 * Sets a run going where no live run writes the same days of a table, and no other run is set going on
 * these days at the same moment: each looks, and is there, before the next one looks.
 *
 * @param go makes the run live, once it returns
 * @throws PhasegateError `invalid-input` as `refuseOverlap`; `unavailable` while another start is under way
 */
export async function alone<Result>(
  world: Pick<World, 'runs' | 'pipelineOf'>,
  pipeline: Pipeline,
  request: RunRequest,
  run: RunId,
  messageId: string,
  go: () => Promise<Result>,
): Promise<Result> {
  const { from, to } = request;
  const launch = holderOf(run, messageId);
  const holder = await world.runs.lock({ table: STARTS, launch, run, days: [{ from, to }] }, 1_000);
  if (holder !== null) {
    throw new PhasegateError('unavailable', `run ${holder.run} is being started on the same days`);
  }
  try {
    await refuseOverlap(world, pipeline, request, run);
    return await go();
  } finally {
    await endStart(world, messageId);
  }
}
