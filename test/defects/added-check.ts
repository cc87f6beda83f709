import type { Pipeline } from '../../shared/core/pipeline.ts';
import { problemsOf } from '../../shared/core/validate-pipeline.ts';
import { readDefinition } from '../../shared/edge/pipeline-file.ts';

/** A check as the pipeline file would write it. */
export type CheckText = Readonly<{ id: string; kind: string; [field: string]: unknown }>;

type Place = Readonly<{ name: string; checks?: readonly CheckText[] }>;
type Document = Readonly<{
  sources: readonly Place[];
  phases: readonly Readonly<{ tables: readonly Place[] }>[];
}>;

/**
 * The pipeline with these checks of a table or source as well.
 *
 * @param text the definition that a run keeps
 * @throws when the file would be refused with them, as for an id that is there
 */
export function withChecks(text: string, table: string, ...checks: CheckText[]): Pipeline {
  const document = JSON.parse(text) as Document;
  const added = (place: Place) =>
    place.name === table ? { ...place, checks: [...(place.checks ?? []), ...checks] } : place;
  const { pipeline } = readDefinition(
    JSON.stringify({
      ...document,
      sources: document.sources.map(added),
      phases: document.phases.map((phase) => ({ ...phase, tables: phase.tables.map(added) })),
    }),
  );
  const problems = problemsOf(pipeline);
  if (problems.length > 0) throw new Error(problems.map(({ message }) => message).join('\n'));
  return pipeline;
}
