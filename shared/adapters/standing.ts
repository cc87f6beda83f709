import { isKind } from '../core/errors.ts';
import type { RunId } from '../core/ids.ts';
import type { Definition } from '../core/pipeline.ts';
import { runIdOf } from '../core/request.ts';
import { type Instant, isAtRest, type RunRequest, type RunState } from '../core/run.ts';
import { pausedLine } from '../core/view/signed-lines.ts';
import { requestHash } from '../edge/request-hash.ts';
import type { RunStore } from '../ports/run-store.ts';
import type { World } from '../ports/world.ts';
import { refuseLoosened } from '../shell/last-promises.ts';
import { refuseOverlap } from '../shell/refuse-overlap.ts';

type Place = Pick<World, 'runs' | 'pipelineOf'>;

/** The run that a start of this request would join, or else the one that it would make: then without a state. */
export async function runOfRequest(
  runs: Pick<RunStore, 'state'>,
  request: RunRequest,
): Promise<Readonly<{ run: RunId; live: RunState | null }>> {
  const hash = requestHash(request);
  for (let repetition = 1; ; repetition++) {
    const run = runIdOf(request, hash, repetition);
    const state = await runs.state(run);
    if (state === null || !isAtRest(state.status)) return { run, live: state };
  }
}

/** What stands in the way of a start: its own live run, that a person paused, or a refusal. */
export type Standing = Readonly<{ run: RunId; paused: RunState | null; refusal: string | null }>;

/** What stands in the way of a start; nothing is sent or launched for it. */
export async function standingOf(
  place: Place,
  definition: Definition,
  request: RunRequest,
): Promise<Standing> {
  const { run, live } = await runOfRequest(place.runs, request);
  if (live === null) {
    return { run, paused: null, refusal: await runInTheWay(place, definition, request) };
  }
  if (live.paused !== null) return { run, paused: live, refusal: null };
  return { run, paused: null, refusal: otherDefinition(live, definition) };
}

function otherDefinition({ run, definition }: RunState, { hash }: Definition): string | null {
  if (definition === hash) return null;
  return `run ${run} of this request is live with another pipeline definition (${definition}, now ${hash}); let it end, or start with its pipeline and overlay`;
}

/**
 * Why a start of this request would be refused for the sake of another live run, with the command that ends that one;
 * null when it would not.
 */
export async function runInTheWay(
  place: Place,
  { pipeline }: Definition,
  request: RunRequest,
): Promise<string | null> {
  const { run } = await runOfRequest(place.runs, request);
  return whyRefused(refuseOverlap(place, pipeline, request, run));
}

/** The run of a start, and why it would start nothing now; null when it would. */
export async function whyNotStarted(
  place: Place,
  definition: Definition,
  request: RunRequest,
  now: Instant,
): Promise<Readonly<{ run: RunId; why: string | null }>> {
  const standing = await standingOf(place, definition, request);
  const why = whyHeld(standing) ?? (await whyRefused(refuseLoosened(place, definition, now)));
  return { run: standing.run, why };
}

/** What stands in the way of a start as a sentence, with the command that ends it; null when nothing does. */
export function whyHeld({ run, paused, refusal }: Standing): string | null {
  if (paused?.paused == null) return refusal;
  return `run ${run} is ${pausedLine(paused.paused)}; go on with \`phasegate resume ${run}\``;
}

async function whyRefused(asked: Promise<void>): Promise<string | null> {
  try {
    await asked;
    return null;
  } catch (error) {
    if (isKind(error, 'invalid-input')) return error.message;
    throw error;
  }
}
