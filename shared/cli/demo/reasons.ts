import type { LocalWorld } from '../../adapters/local/world.ts';
import { tableLines } from '../../core/explain/explain-lines.ts';
import type { Pipeline } from '../../core/pipeline.ts';
import { explainRange } from '../../shell/explain-range.ts';
import type { Crisis } from './crisis.ts';

/** Why the tables of the first phase do not pass, down to the raw data: what `explain` tells of them. */
export async function reasons(
  { warehouse }: Pick<LocalWorld, 'warehouse'>,
  pipeline: Pipeline,
  { from, to }: Pick<Crisis, 'from' | 'to'>,
): Promise<readonly string[]> {
  const relations = pipeline.phases[0]?.tables ?? [];
  const request = { id: 'demo-why', relations, from, to };
  const now = new Date().toISOString();
  const { explained, schedule } = await explainRange(warehouse, pipeline, request, now);
  return explained
    .filter(({ checks }) => checks.length > 0)
    .flatMap((table) => tableLines(table, schedule.calendar));
}
