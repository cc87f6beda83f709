import { openRuns } from '../adapters/local/open-runs.ts';
import { isKind } from '../core/errors.ts';
import type { RunId } from '../core/ids.ts';
import type { Definition } from '../core/pipeline.ts';
import { runIdOf } from '../core/request.ts';
import { isAtRest, type RunRequest, type RunState } from '../core/run.ts';
import { requestHash } from '../edge/request-hash.ts';
import type { RunStore } from '../ports/run-store.ts';
import { refuseOverlap } from '../shell/refuse-overlap.ts';
import { keptPipelines } from './kept-pipeline.ts';
import { commandsInWorld, worldDirectory } from './world-directory.ts';

/** The run that a start of this request would join, or else the one that it would make: then without a state. */
export async function runOfRequest(
  runs: RunStore,
  request: RunRequest,
): Promise<Readonly<{ run: RunId; live: RunState | null }>> {
  const hash = requestHash(request);
  for (let repetition = 1; ; repetition++) {
    const run = runIdOf(request, hash, repetition);
    const state = (await runs.load(run))?.state ?? null;
    if (state === null || !isAtRest(state.status)) return { run, live: state };
  }
}

/** What stands in the way of a start: its own live run, that a person paused, or a refusal. */
export type Standing = Readonly<{ paused: RunState | null; refusal: string | null }>;

/** What stands in the way of a start, looked up without opening the world: nothing is sent or launched for it. */
export async function readStanding(
  world: string,
  definition: Definition,
  request: RunRequest,
): Promise<Standing> {
  const opened = openRuns(worldDirectory(world));
  if (opened === null) return { paused: null, refusal: null };
  try {
    const { runs } = opened;
    const { live } = await runOfRequest(runs, request);
    if (live === null) {
      return { paused: null, refusal: await runInTheWay(runs, definition, request, world) };
    }
    if (live.paused !== null) return { paused: live, refusal: null };
    return { paused: null, refusal: otherDefinition(live, definition) };
  } finally {
    opened.close();
  }
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
  runs: RunStore,
  { pipeline }: Definition,
  request: RunRequest,
  world: string,
): Promise<string | null> {
  const { run } = await runOfRequest(runs, request);
  try {
    await refuseOverlap({ runs, pipelineOf: keptPipelines(runs) }, pipeline, request, run);
    return null;
  } catch (error) {
    if (isKind(error, 'invalid-input')) return commandsInWorld(error.message, world);
    throw error;
  }
}
