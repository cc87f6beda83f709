import { PhasegateError } from '../core/errors.ts';
import { comparePromises } from '../core/loosening.ts';
import type { Definition } from '../core/pipeline.ts';
import { type Promises, promisesOf } from '../core/promises.ts';
import type { Instant, RunState } from '../core/run.ts';
import { dayAt } from '../core/time-zone.ts';
import { looseningLines } from '../core/view/loosening-lines.ts';
import type { RunStore } from '../ports/run-store.ts';
import type { World } from '../ports/world.ts';

/** Promises that were accepted earlier, and what messages call the place that keeps them. */
export type Accepted = Readonly<{ promises: Promises; place: string }>;

/**
 * What the last run of the same pipeline promised; null when it never ran.
 *
 * @throws PhasegateError `invalid-input` when its definition cannot be read any more: then nobody can tell
 */
export async function promisesOfLastRun(
  { runs, pipelineOf }: Pick<World, 'runs' | 'pipelineOf'>,
  { pipeline, hash }: Definition,
): Promise<Accepted | null> {
  const last = await lastRunOf(runs, pipeline.name);
  if (last === null) return null;
  const place = `the definition of run ${last.run}`;
  if (last.definition === hash) return { promises: promisesOf(pipeline), place };
  try {
    return { promises: promisesOf(await pipelineOf(last.definition)), place };
  } catch (error) {
    if (error instanceof PhasegateError) throw error;
    throw new PhasegateError(
      'invalid-input',
      `${place} was kept by other code and cannot be read any more, so nobody can tell whether ${pipeline.name} promises less now; start it in a new world, where the lock file beside the pipeline says what was accepted`,
      error,
    );
  }
}

/**
 * Refuses a definition that promises less than the last run of the same pipeline, where nobody signed for it.
 *
 * @throws PhasegateError `invalid-input` naming every such promise with both values
 */
export async function refuseLoosened(
  world: Pick<World, 'runs' | 'pipelineOf'>,
  definition: Definition,
  now: Instant,
): Promise<void> {
  const accepted = await promisesOfLastRun(world, definition);
  if (accepted === null) return;
  const { loosened, timeZone } = definition.pipeline;
  const present = promisesOf(definition.pipeline);
  const found = comparePromises(accepted.promises, present, loosened, dayAt(now, timeZone));
  if (found.undeclared.length === 0) return;
  const told = looseningLines({ ...found, declared: [], strangers: [] }, accepted.place);
  throw new PhasegateError('invalid-input', told.join('\n'));
}

/** Of the runs of a pipeline, the one that changed last. */
async function lastRunOf(runs: RunStore, pipeline: string): Promise<RunState | null> {
  for (const run of await runs.list()) {
    const state = (await runs.load(run))?.state ?? null;
    if (state?.request.pipeline === pipeline) return state;
  }
  return null;
}
