import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll } from 'vitest';
import type { Column } from '../../shared/core/column.ts';
import { parseTableName, type TableName } from '../../shared/core/ids.ts';
import type { Param, Statement, TableShape, Warehouse } from '../../shared/ports/warehouse.ts';
import { replaceStatement } from '../../shared/sql/replace.ts';

export type OpenedWarehouse = Readonly<{
  warehouse: Warehouse;
  /** Makes the job of an id slow until the returned function is called, where that can be done. */
  hold?: (jobId: string) => () => void;
  close: () => Promise<void>;
}>;
export type WarehouseBench = ReturnType<typeof useWarehouse>;

export const COLUMNS: readonly Column[] = [
  { name: 'day', type: 'DATE', required: false },
  { name: 'k', type: 'STRING', required: true },
  { name: 'n', type: 'INT64', required: false },
  { name: 'x', type: 'FLOAT64', required: false },
  { name: 'b', type: 'BOOL', required: false },
  { name: 'at', type: 'TIMESTAMP', required: false },
];

/** Opens a warehouse for the tests of the suite around, and gives what they build with. */
export function useWarehouse(open: () => Promise<OpenedWarehouse>) {
  const unique = Date.now().toString(36);
  const directory = mkdtempSync(join(tmpdir(), 'phasegate-contract-'));
  let opened: OpenedWarehouse;
  let count = 0;

  beforeAll(async () => {
    opened = await open();
  });
  afterAll(async () => {
    await opened.close();
    rmSync(directory, { recursive: true });
  });

  const fresh = (text = 't') => {
    count += 1;
    return parseTableName(`contract_${unique}.${text}${count}`);
  };
  const jobId = () => {
    count += 1;
    return `contract-${unique}-${count}`;
  };
  const query = (sql: string, params: Record<string, Param> = {}) =>
    opened.warehouse.query({ sql, params });
  const create = async (shape: Partial<TableShape> = {}): Promise<TableName> => {
    const table = fresh();
    const standard = { columns: COLUMNS, dayColumn: 'day', requireDayFilter: false };
    await opened.warehouse.ensureTable({ name: table, ...standard, ...shape });
    return table;
  };
  const replace = (table: TableName, select: string, from: string, to: string): Statement => ({
    sql: replaceStatement({
      table,
      columns: COLUMNS,
      key: ['day', 'k'],
      dayColumn: 'day',
      select,
    }),
    params: { from: { type: 'DATE', value: from }, to: { type: 'DATE', value: to } },
  });
  const rowsOf = (days: string, n: number | string = 1) =>
    `SELECT day, k, ${n} AS n, 0.5 AS x, TRUE AS b, TIMESTAMP '2024-01-01 00:00:00+00' AS at FROM UNNEST(GENERATE_DATE_ARRAY(${days})) AS day CROSS JOIN UNNEST(['a', 'b']) AS k`;
  const january = "DATE '2024-01-01', DATE '2024-01-03'";
  const fill = (table: TableName, n: number | string = 1) =>
    opened.warehouse.write(replace(table, rowsOf(january, n), '2024-01-01', '2024-01-03'), {
      jobId: jobId(),
    });
  const textFile = (text: string) => {
    const path = join(directory, `${jobId()}.csv`);
    writeFileSync(path, text);
    return path;
  };

  return {
    open,
    warehouse: () => opened.warehouse,
    hold: (id: string) => opened.hold?.(id) ?? null,
    fresh,
    jobId,
    query,
    create,
    replace,
    rowsOf,
    january,
    fill,
    textFile,
  };
}
