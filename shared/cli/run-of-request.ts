import { openRuns } from '../adapters/local/open-runs.ts';
import { type Standing, standingOf } from '../adapters/standing.ts';
import type { Definition } from '../core/pipeline.ts';
import type { RunRequest } from '../core/run.ts';
import { commandsInWorld } from '../core/view/in-world.ts';
import { keptPipelines } from './kept-pipeline.ts';
import { worldDirectory } from './world-directory.ts';

/** What stands in the way of a start, looked up without opening the world: nothing is sent or launched for it. */
export async function readStanding(
  world: string,
  definition: Definition,
  request: RunRequest,
): Promise<Pick<Standing, 'paused' | 'refusal'>> {
  const opened = openRuns(worldDirectory(world));
  if (opened === null) return { paused: null, refusal: null };
  try {
    const { runs } = opened;
    const place = { runs, pipelineOf: keptPipelines(runs) };
    const { paused, refusal } = await standingOf(place, definition, request);
    return { paused, refusal: refusal === null ? null : commandsInWorld(refusal, world) };
  } finally {
    opened.close();
  }
}
