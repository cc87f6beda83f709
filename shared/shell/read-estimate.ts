import { isKind } from '../core/errors.ts';
import {
  type JobBytes,
  type PastWork,
  type PlanEstimate,
  planEstimate,
} from '../core/estimate/plan-estimate.ts';
import type { TableName } from '../core/ids.ts';
import type { Pipeline } from '../core/pipeline.ts';
import type { RunRequest } from '../core/run.ts';
import type { Warehouse } from '../ports/warehouse.ts';
import { predictJobBytes } from './predict-job-bytes.ts';
import { readPastWork } from './read-past-work.ts';
import type { PlanReading } from './read-plan.ts';

const NO_PAST: PastWork = { launches: new Map(), gates: new Map() };

/**
 * How long a plan would take if it began now, and what it would read. A history that cannot be read makes
 * it unknown, and says why; the plan stands.
 *
 * @param id letters, digits, `-` and `_`; names the reading
 * @throws PhasegateError where something else than the warehouse failed
 */
export async function readEstimate(
  warehouse: Warehouse,
  pipeline: Pipeline,
  request: RunRequest,
  { calendar, tables }: Pick<PlanReading, 'calendar' | 'tables'>,
  id: string,
  now: string,
): Promise<PlanEstimate> {
  const plan = new Map(tables.map(({ table, days }) => [table, days]));
  let past = NO_PAST;
  let bytes: ReadonlyMap<TableName, JobBytes | null> = new Map(
    tables.flatMap(({ table, days }) => (days.length === 0 ? [] : [[table, null] as const])),
  );
  let unread: string | null = null;
  try {
    const names = tables.map(({ table }) => table);
    past = await readPastWork(warehouse, pipeline, names, id);
    bytes = await predictJobBytes(warehouse, pipeline, request, calendar, plan);
  } catch (error) {
    if (!isKind(error, 'unavailable') && !isKind(error, 'invalid-query')) throw error;
    unread = error.message;
  }
  const found = planEstimate(pipeline, request, calendar, tables, past, bytes, now);
  return { ...found, unread };
}
