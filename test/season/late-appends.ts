import type { TableName } from '../../shared/core/ids.ts';
import type { Row, Warehouse } from '../../shared/ports/warehouse.ts';

/**
 * Has the rows of a table that nobody reads meanwhile wait, and appends them together: a season has 20,000 looks, and one
 * load job for each would be most of its time.
 */
export function lateAppends(warehouse: Warehouse, table: TableName) {
  const waiting = new Map<string, readonly Row[]>();
  let count = 0;
  return {
    warehouse: {
      ...warehouse,
      async append(name, rows, options) {
        if (name !== table) return warehouse.append(name, rows, options);
        waiting.set(options.jobId, rows);
      },
    } satisfies Warehouse,
    async flush() {
      if (waiting.size === 0) return;
      const rows = [...waiting.values()].flat();
      waiting.clear();
      count += 1;
      await warehouse.append(table, rows, { jobId: `late-${count}` });
    },
  };
}
