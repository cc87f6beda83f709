import { randomUUID } from 'node:crypto';
import type { GateEvidence } from '../../core/evidence.ts';
import { explainLines } from '../../core/explain/explain-lines.ts';
import { nextSteps } from '../../core/explain/next-steps.ts';
import type { DefinitionNames, Pipeline } from '../../core/pipeline.ts';
import type { RunState } from '../../core/run.ts';
import { CLOUD, inWorld } from '../../core/view/in-world.ts';
import { explainRange } from '../../shell/explain-range.ts';
import { commandIn } from '../command-in.ts';
import type { PagePlace } from './page-route.ts';

/** Longer than this nobody waits for one statement of a page. */
const WAIT_MS = 50_000;

/**
 * Why the tables of a gate do not pass, of the data as they are now, and what to do. Keeps nothing of what it read.
 *
 * @throws PhasegateError as `explainRange`; `not-found` where its definition was never kept
 */
export async function explainGate(
  place: PagePlace,
  { run, definition, from, to, tables, pipeline: name }: GateEvidence,
): Promise<readonly string[]> {
  const { runs, warehouse, now, world } = place;
  const pipeline = await pipelineKept(place, definition);
  const state = run === null ? null : await runs.state(run);
  const request = {
    id: `page-${randomUUID()}`,
    relations: tables.map(({ facts }) => facts.table),
    from,
    to,
    waitMilliseconds: WAIT_MS,
    keeps: false,
    labels: { gate: 'page' },
  };
  const {
    explained,
    tables: judged,
    schedule,
  } = await explainRange(warehouse, pipeline, request, now());
  const names = namesOf(place, state, name);
  const open = nextSteps(explained, judged, schedule.calendar, { from, to, run: state });
  const steps = open.map(({ why, command, isOfRun }) => ({
    why,
    command:
      command === null
        ? null
        : isOfRun === true
          ? inWorld(command, world)
          : commandIn(command, names, world),
  }));
  return explainLines(explained, steps, schedule.calendar);
}

async function pipelineKept(
  { definitionNow, pipelineOf }: PagePlace,
  hash: string,
): Promise<Pipeline> {
  const present = definitionNow();
  return present.hash === hash ? present.pipeline : pipelineOf(hash);
}

/** In the cloud a pipeline has a name alone. */
function namesOf(
  { world, definitionNow }: PagePlace,
  state: RunState | null,
  pipeline: string,
): DefinitionNames {
  if (world === CLOUD) return { pipeline };
  return state?.startedWith ?? definitionNow().named ?? { pipeline };
}
