import type { Column } from '../core/column.ts';
import type { TableName } from '../core/ids.ts';
import { type Pipeline, tablesOf } from '../core/pipeline.ts';
import type { Warehouse } from '../ports/warehouse.ts';
import { ensureVerifiedViews } from './verified-views.ts';

/** Creates every table of the pipeline and of ours that is missing, and every verified view. Existing ones stay as they are. */
export async function ensureTables(
  warehouse: Warehouse,
  pipeline: Pipeline,
  systemTables: readonly Readonly<{
    name: TableName;
    dayColumn: string;
    columns: readonly Column[];
  }>[],
): Promise<void> {
  for (const { name, columns, dayColumn } of systemTables) {
    await warehouse.ensureTable({ name, columns, dayColumn, requireDayFilter: false });
  }
  for (const { name, columns, dayColumn, requireDayFilter } of [
    ...pipeline.sources,
    ...tablesOf(pipeline),
  ]) {
    await warehouse.ensureTable({ name, columns, dayColumn, requireDayFilter });
  }
  await ensureVerifiedViews(warehouse, pipeline);
}
