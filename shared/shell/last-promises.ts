import { PhasegateError } from '../core/errors.ts';
import { comparePromises, keptPromises } from '../core/loosening.ts';
import type { Definition, Pipeline } from '../core/pipeline.ts';
import { type Promises, promisesOf } from '../core/promises.ts';
import type { Instant } from '../core/run.ts';
import { dayAt } from '../core/time-zone.ts';
import { looseningLines } from '../core/view/loosening-lines.ts';
import type { World } from '../ports/world.ts';

/** Promises that were accepted earlier, and what messages call the place that keeps them. */
export type Accepted = Readonly<{ promises: Promises; place: string }>;

/**
 * What the runs of the same pipeline promised; null when it never ran. The last run tells, and where
 * it had promises loosened, those before it tell what they were: a signature lends, it does not give.
 *
 * @throws PhasegateError `invalid-input` when the last definition cannot be read any more: then nobody can tell
 */
export async function promisesOfLastRun(
  world: Pick<World, 'runs' | 'pipelineOf'>,
  { pipeline, hash }: Definition,
): Promise<Accepted | null> {
  let place: string | null = null;
  const promised: Pipeline[] = [];
  const seen = new Set<string>();
  for (const id of await world.runs.list()) {
    const run = await world.runs.state(id);
    if (run?.request.pipeline !== pipeline.name || seen.has(run.definition)) continue;
    seen.add(run.definition);
    const then = run.definition === hash ? pipeline : await readable(world, run.definition);
    if (place === null) {
      place = `the definition of run ${run.run}`;
      if (then === null) throw unreadable(place, pipeline);
    }
    if (then === null) break;
    promised.unshift(then);
    if (then.loosened.length === 0) break;
  }
  const [first, ...later] = promised;
  if (first === undefined || place === null) return null;
  const promises = later.reduce(
    (before, then) => keptPromises(before, promisesOf(then)),
    promisesOf(first),
  );
  return { promises, place };
}

/** Null when other code kept it, and this one cannot read it. */
async function readable(
  { pipelineOf }: Pick<World, 'pipelineOf'>,
  definition: string,
): Promise<Pipeline | null> {
  try {
    return await pipelineOf(definition);
  } catch (error) {
    if (error instanceof PhasegateError) throw error;
    return null;
  }
}

function unreadable(place: string, { name }: Pipeline): PhasegateError {
  return new PhasegateError(
    'invalid-input',
    `${place} was kept by other code and cannot be read any more, so nobody can tell whether ${name} promises less now; start it in a new world, where the lock file beside the pipeline says what was accepted`,
  );
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
