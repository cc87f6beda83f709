import { isKind, PhasegateError } from '../core/errors.ts';
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
import type { RunEvent } from '../core/run-event.ts';
import type { World } from '../ports/world.ts';
import { drain } from './drain.ts';
import { refuseOverlap } from './refuse-overlap.ts';

/** Held, by no launch, while a run is set going. */
export const STARTS: TableName = parseTableName('phasegate.starts');

/** Starts on other days never wait for each other. */
const WRITERS = 1_000;

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
 * Sets a run going, by the fact that the message stands for, where no live run writes the same days of a table: these
 * days are held from before it looks for such a run until the fact is there for everybody to see. Whoever slept in
 * between, and is no longer known to hold them, posts nothing.
 *
 * @throws PhasegateError `invalid-input` as `refuseOverlap`; `unavailable` while another start is under way
 */
export async function setGoing(
  world: Pick<World, 'runs' | 'bus' | 'pipelineOf'>,
  pipeline: Pipeline,
  request: RunRequest,
  run: RunId,
  messageId: string,
  event: RunEvent,
): Promise<void> {
  const { runs } = world;
  const launch = holderOf(run, messageId);
  const days = [{ from: request.from, to: request.to }];
  const holder = await runs.lock({ table: STARTS, launch, run, days }, WRITERS);
  if (holder !== null) {
    const message = `run ${holder.run} is being started on the same days`;
    throw new PhasegateError('unavailable', message);
  }
  try {
    const holding = await runs.holding(STARTS, launch);
    if (holding === null) throw lost(run);
    await refuseOverlap(world, pipeline, request, run);
    await runs.postHolding(run, { id: messageId, event }, holding);
  } catch (error) {
    if (isKind(error, 'conflict')) throw lost(run, error);
    if (isKind(error, 'invalid-input')) await endStart(world, messageId);
    throw error;
  }
  await endStart(world, messageId);
  await drain(world, run);
}

function lost(run: RunId, cause?: unknown): PhasegateError {
  const message = `somebody let go of the days of run ${run} while it was being started`;
  return new PhasegateError('unavailable', message, cause);
}
