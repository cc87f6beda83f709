import { bigQueryWarehouse } from '../../shared/adapters/gcp/bigquery-warehouse.ts';
import { openBigQueryServer } from '../../shared/adapters/local/bigquery/server.ts';
import type { DaySpan } from '../../shared/core/day-set.ts';
import { type Pipeline, tablesOf } from '../../shared/core/pipeline.ts';
import { type Relation, relationNamed } from '../../shared/core/relation.ts';
import { type Assessment, assess } from '../../shared/shell/assess.ts';

/** Everything that has checks: the tables, and the sources that somebody may be asked about. */
export function judgedRelations(pipeline: Pipeline): readonly Relation[] {
  const sources = pipeline.sources.flatMap(({ name }) => relationNamed(pipeline, name) ?? []);
  return [...sources, ...tablesOf(pipeline)].filter(({ checks }) => checks.length > 0);
}

/** Judges a world's file as a gate would, with the server and the client of every other gate. */
export async function judgeFile(
  file: string,
  pipeline: Pipeline,
  { from, to }: DaySpan,
  id: string,
): Promise<Assessment> {
  const server = await openBigQueryServer({ file });
  try {
    const warehouse = bigQueryWarehouse({ projectId: 'local', apiEndpoint: server.url });
    const relations = judgedRelations(pipeline);
    return await assess(warehouse, pipeline, { id, relations, from, to }, new Date().toISOString());
  } finally {
    await server.close();
  }
}
