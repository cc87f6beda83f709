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
import { worldDirectory } from './world-directory.ts';

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

/** The live run of this request while it is paused, looked up without opening the world; null where there is none. */
export async function pausedRunOf(world: string, request: RunRequest): Promise<RunState | null> {
  const opened = openRuns(worldDirectory(world));
  if (opened === null) return null;
  try {
    const { live } = await runOfRequest(opened.runs, request);
    return live?.paused == null ? null : live;
  } finally {
    opened.close();
  }
}

/** Why a start of this request would be refused for the sake of another live run; null when it would not. */
export async function runInTheWay(
  runs: RunStore,
  { pipeline }: Definition,
  request: RunRequest,
): Promise<string | null> {
  const { run } = await runOfRequest(runs, request);
  try {
    await refuseOverlap({ runs, pipelineOf: keptPipelines(runs) }, pipeline, request, run);
    return null;
  } catch (error) {
    if (isKind(error, 'invalid-input')) return error.message;
    throw error;
  }
}
