import type { LocalWorld } from '../../adapters/local/local-world.ts';
import { tableLines } from '../../core/explain/explain-lines.ts';
import { isBlocking } from '../../core/judge/facts.ts';
import type { Pipeline } from '../../core/pipeline.ts';
import { explainRange } from '../../shell/explain-range.ts';
import type { Crisis } from './crisis.ts';

/** What held back the tables of the first phase, down to the raw data: what `explain` tells of blocking checks. */
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
    .map((table) => ({
      ...table,
      checks: table.checks.filter(({ check }) => isBlocking(check, 'FAIL')),
    }))
    .filter(({ checks }) => checks.length > 0)
    .flatMap((table) => tableLines(table, schedule.calendar));
}
