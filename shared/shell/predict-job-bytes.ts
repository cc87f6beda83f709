import { bridge, type Calendar } from '../core/calendar.ts';
import { isEmpty, NO_DAYS } from '../core/day-set.ts';
import { isKind } from '../core/errors.ts';
import type { JobBytes } from '../core/estimate/plan-estimate.ts';
import { MINIMUM_BYTES } from '../core/estimate/price.ts';
import type { TableName } from '../core/ids.ts';
import type { Pipeline } from '../core/pipeline.ts';
import { type Plan, tablesOfRun } from '../core/plan.ts';
import type { RunRequest } from '../core/run.ts';
import { isSelectTable, type SelectTable } from '../core/table-job.ts';
import type { Warehouse } from '../ports/warehouse.ts';
import { chunksOf } from './run-job.ts';

/** A table has one statement a chunk of days; so many of them are asked for, spread over all. */
const ASKED = 3;

/**
 * What each table's job would be billed for, by free dry runs of its SELECT; null where it is a program, or the
 * warehouse refuses to tell. At least 10 MiB for each relation that a statement reads.
 *
 * @throws PhasegateError `unavailable` as the warehouse does
 */
export async function predictJobBytes(
  warehouse: Warehouse,
  pipeline: Pipeline,
  request: RunRequest,
  calendar: Calendar,
  plan: Plan,
): Promise<ReadonlyMap<TableName, JobBytes | null>> {
  const found = new Map<TableName, JobBytes | null>();
  for (const table of tablesOfRun(pipeline, request)) {
    const days = bridge(calendar, plan.get(table.name) ?? NO_DAYS);
    if (isEmpty(days)) continue;
    const isAtLeast = table.needs.some(({ of }) => !isEmpty(plan.get(of) ?? NO_DAYS));
    const bytes = isSelectTable(table) ? await bytesOf(warehouse, table, days) : null;
    found.set(table.name, bytes === null ? null : { bytes, isAtLeast });
  }
  return found;
}

async function bytesOf(
  warehouse: Warehouse,
  { job, needs }: SelectTable,
  days: ReturnType<typeof chunksOf>,
): Promise<number | null> {
  const chunks = chunksOf(days, job.chunkDays);
  const every = Math.max(1, Math.ceil(chunks.length / ASKED));
  const asked = chunks.filter((_, index) => index % every === 0);
  const least = MINIMUM_BYTES * Math.max(1, needs.length);
  let bytes = 0;
  try {
    for (const { from, to } of asked) {
      const params = {
        from: { type: 'DATE', value: from },
        to: { type: 'DATE', value: to },
      } as const;
      const { bytesProcessed } = await warehouse.dryRun({ sql: job.select, params });
      bytes += Math.max(least, bytesProcessed);
    }
  } catch (error) {
    if (isKind(error, 'invalid-query') || isKind(error, 'not-found')) return null;
    throw error;
  }
  return (bytes / asked.length) * chunks.length;
}
