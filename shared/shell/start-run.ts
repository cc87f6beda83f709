import { PhasegateError } from '../core/errors.ts';
import type { RunId } from '../core/ids.ts';
import type { StartMessage } from '../core/messages.ts';
import type { Definition } from '../core/pipeline.ts';
import { runIdOf } from '../core/request.ts';
import { isAtRest } from '../core/run.ts';
import type { RunEvent } from '../core/run-event.ts';
import type { World } from '../ports/world.ts';
import { record } from './drain.ts';
import { refuseLoosened } from './last-promises.ts';
import { endStart, setGoing } from './set-going.ts';

export type StartedRun = Readonly<{ run: RunId; joined: boolean }>;

/**
 * Starts a run, or joins the live one of the same request. A message that was delivered before
 * starts nothing, however often it comes and however long ago its run ended.
 *
 * @throws PhasegateError `invalid-input` when the live run was started with another definition, when less is
 *   promised than the last run of the pipeline did and nobody signed for it, or when a live run of another request
 *   writes a table on the same days
 * @param requestHash eight hexadecimal digits of the request's canonical text
 */
export async function startRun(
  world: World,
  definition: Definition,
  messageId: string,
  requestHash: string,
  { request, requestedBy, reason, plan }: StartMessage,
): Promise<StartedRun> {
  await world.runs.saveDefinition(definition.hash, definition.text);
  for (let repetition = 1; ; repetition++) {
    const run = runIdOf(request, requestHash, repetition);
    if (await world.runs.knows(run, messageId)) {
      await endStart(world, messageId);
      return { run, joined: true };
    }
    const stored = await world.runs.load(run);
    if (stored?.state != null && isAtRest(stored.state.status)) continue;
    if (stored?.state != null && stored.state.definition !== definition.hash) {
      throw new PhasegateError(
        'invalid-input',
        `run ${run} of this request is live with another pipeline definition (${stored.state.definition}, now ${definition.hash}); let it end, or start with its pipeline and overlay`,
      );
    }
    const requested: RunEvent = {
      type: 'run-requested',
      run,
      request,
      definition: definition.hash,
      ...(definition.named === undefined ? {} : { startedWith: definition.named }),
      ...(plan === undefined ? {} : { plan }),
      ...(world.jobImage === undefined ? {} : { image: world.jobImage }),
      ...(world.version === undefined ? {} : { version: world.version }),
      by: requestedBy,
      reason,
      at: world.now(),
    };
    if (stored === null) {
      await refuseLoosened(world, definition, world.now());
      await setGoing(world, definition.pipeline, request, run, messageId, requested);
    } else {
      await record(world, run, messageId, requested);
      await endStart(world, messageId);
    }
    return { run, joined: stored !== null };
  }
}
