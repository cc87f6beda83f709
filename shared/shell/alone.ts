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
import type { Lock, RunStore } from '../ports/run-store.ts';
import type { World } from '../ports/world.ts';
import { refuseOverlap } from './refuse-overlap.ts';

/** Held, by no launch, while a run is set going. */
export const STARTS: TableName = parseTableName('phasegate.starts');

/** Starts on other days never wait for each other. */
const WRITERS = 1_000;

/** Whether the message that holds has been posted: from then on its run is there for everybody to see. */
async function isDone(runs: RunStore, { run, launch }: Lock): Promise<boolean> {
  const posted = [...(await runs.facts(run)), ...((await runs.load(run))?.inbox ?? [])];
  return posted.some(({ id }) => launch === holderOf(run, id));
}

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
 * these days at the same moment: each looks, and is there, before the next one looks. Where trouble may pass, the
 * days stay held for the next delivery of the message: an earlier one may still be about to go.
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
  const { runs } = world;
  const own: Lock = { table: STARTS, launch, run, days: [{ from, to }] };
  let holder = await runs.lock(own, WRITERS);
  while (holder !== null && (await isDone(runs, holder))) {
    await runs.unlock(STARTS, holder.launch);
    holder = await runs.lock(own, WRITERS);
  }
  if (holder !== null) {
    const message = `run ${holder.run} is being started on the same days`;
    throw new PhasegateError('unavailable', message);
  }
  try {
    await refuseOverlap(world, pipeline, request, run);
    const result = await go();
    await endStart(world, messageId);
    return result;
  } catch (error) {
    if (isKind(error, 'invalid-input')) await endStart(world, messageId);
    throw error;
  }
}
