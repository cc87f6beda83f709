import { openRuns } from '../adapters/local/open-runs.ts';
import { PhasegateError } from '../core/errors.ts';
import type { RunId } from '../core/ids.ts';
import type { Definition } from '../core/pipeline.ts';
import type { RunState } from '../core/run.ts';
import { inWorld } from '../core/view/in-world.ts';
import { readDefinition } from '../edge/pipeline-file.ts';
import { cloudOf } from './cloud.ts';
import { worldDirectory } from './world-directory.ts';

export function unknownRun(run: RunId, world: string): PhasegateError {
  const list = inWorld('npx phasegate status', world);
  return new PhasegateError('invalid-input', `no run ${run}; \`${list}\` lists the runs`);
}

/**
 * A run, and the definition it was started with and ends with, whatever the pipeline file says now.
 *
 * @throws PhasegateError `invalid-input` when the world does not know the run
 */
export async function pinnedRun(
  run: RunId,
  world: string,
): Promise<Readonly<{ state: RunState; definition: Definition }>> {
  const cloud = cloudOf(world);
  if (cloud !== null) {
    const state = await cloud.state(run);
    if (state === null) throw unknownRun(run, world);
    return { state, definition: await cloud.definition(state.definition) };
  }
  const opened = openRuns(worldDirectory(world));
  try {
    const state = (await opened?.runs.load(run))?.state;
    if (opened === null || state == null) {
      throw unknownRun(run, world);
    }
    const definition = readDefinition(await opened.runs.loadDefinition(state.definition));
    const { startedWith: named } = state;
    return { state, definition: named === undefined ? definition : { ...definition, named } };
  } finally {
    opened?.close();
  }
}
