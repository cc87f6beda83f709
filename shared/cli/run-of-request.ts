import { isKind } from '../core/errors.ts';
import type { RunId } from '../core/ids.ts';
import type { Definition } from '../core/pipeline.ts';
import { runIdOf } from '../core/request.ts';
import { isAtRest, type RunRequest, type RunState } from '../core/run.ts';
import { readDefinition } from '../edge/pipeline-file.ts';
import { requestHash } from '../edge/request-hash.ts';
import type { RunStore } from '../ports/run-store.ts';
import { refuseOverlap } from '../shell/refuse-overlap.ts';

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

/** Why a start of this request would be refused for the sake of another live run; null when it would not. */
export async function runInTheWay(
  runs: RunStore,
  { pipeline }: Definition,
  request: RunRequest,
): Promise<string | null> {
  const { run } = await runOfRequest(runs, request);
  const pipelineOf = async (hash: string) =>
    readDefinition(await runs.loadDefinition(hash)).pipeline;
  try {
    await refuseOverlap({ runs, pipelineOf }, pipeline, request, run);
    return null;
  } catch (error) {
    if (isKind(error, 'invalid-input')) return error.message;
    throw error;
  }
}
