import type { GateEvidence } from '../core/evidence.ts';
import type { RunId } from '../core/ids.ts';
import type { LineageEvent, LineagePlace } from '../core/lineage/lineage-event.ts';
import { evidenceIn, ofStep } from '../core/lineage/of-step.ts';
import type { RunStep } from '../core/lineage/run-step.ts';
import { runSteps } from '../core/lineage/run-steps.ts';
import type { Pipeline } from '../core/pipeline.ts';
import type { World } from '../ports/world.ts';

/** What a gate kept; null where nothing is kept under this id. */
export type EvidenceOf = (id: string) => Promise<GateEvidence | null>;

/**
 * Every event of a run so far, oldest facts first: the same ones each time. Null for an unknown run.
 *
 * @throws what `evidenceOf` throws
 */
export async function readLineage(
  { runs, pipelineOf }: Pick<World, 'runs' | 'pipelineOf'>,
  place: LineagePlace,
  evidenceOf: EvidenceOf,
  run: RunId,
): Promise<readonly LineageEvent[] | null> {
  const state = await runs.state(run);
  if (state === null) return null;
  const pipeline = await pipelineOf(state.definition);
  const facts = await runs.facts(run);
  const events: LineageEvent[] = [];
  for (const step of runSteps(
    pipeline,
    facts.map(({ event }) => event),
  )) {
    events.push(...(await lineageOf(place, pipeline, evidenceOf, step)));
  }
  return events;
}

/** The events of one fact. @throws what `evidenceOf` throws */
export async function lineageOf(
  place: LineagePlace,
  pipeline: Pipeline,
  evidenceOf: EvidenceOf,
  step: RunStep,
): Promise<readonly LineageEvent[]> {
  const id = evidenceIn(step.event);
  const evidence = id === null || id === '' ? null : await evidenceOf(id);
  return ofStep(place, pipeline, step, () => evidence);
}
