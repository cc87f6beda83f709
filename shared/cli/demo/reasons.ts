import type { LocalWorld } from '../../adapters/local/world.ts';
import { bridgeForPeople } from '../../core/calendar.ts';
import { formatDaySet } from '../../core/day-set.ts';
import type { RunId } from '../../core/ids.ts';
import type { Pipeline } from '../../core/pipeline.ts';
import { assess } from '../../shell/assess.ts';
import type { Crisis } from './crisis.ts';

/** What the gate found in the first phase: for each table, the first blocking checks that fail and their days. */
export async function reasons(
  { warehouse }: LocalWorld,
  pipeline: Pipeline,
  run: RunId,
  { from, to }: Crisis,
): Promise<string[]> {
  const tables = pipeline.phases[0]?.tables ?? [];
  const now = new Date().toISOString();
  const range = { id: `${run}-why`, tables, from, to };
  const { schedule, tables: assessed } = await assess(warehouse, pipeline, range, now);
  return assessed.flatMap(({ judgement }) => {
    const trouble = judgement.checks.filter(
      (check) => check.verdict === 'FAIL' && check.severity === 'block',
    );
    return trouble.slice(0, 2).map(({ id, message, days }) => {
      const spans = formatDaySet(bridgeForPeople(schedule.calendar, days));
      return `${judgement.table} ${id}: ${message}; on ${spans.slice(0, 3).join(', ')}`;
    });
  });
}
