import type { DeclaredTable, TableThere } from '../../core/doctor/tables.ts';
import { type Pipeline, tablesOf } from '../../core/pipeline.ts';
import { SYSTEM_TABLES } from '../../core/system-tables.ts';
import type { Warehouse } from '../../ports/warehouse.ts';

/**
 * What the warehouse says of every source and table, and of our own; reads no row.
 *
 * @throws PhasegateError as the warehouse does
 */
export async function lookAtTables(
  warehouse: Pick<Warehouse, 'columnsOf' | 'layoutOf'>,
  pipeline: Pipeline,
): Promise<readonly TableThere[]> {
  const declared: readonly DeclaredTable[] = [
    ...pipeline.sources,
    ...tablesOf(pipeline),
    ...SYSTEM_TABLES.map((table) => ({ ...table, requireDayFilter: false })),
  ];
  return Promise.all(
    declared.map(async (table) => {
      const [columns, layout] = await Promise.all([
        warehouse.columnsOf(table.name),
        warehouse.layoutOf(table.name),
      ]);
      return { table, there: columns === null || layout === null ? null : { columns, ...layout } };
    }),
  );
}
