import type { DuckDBConnection } from '@duckdb/node-api';
import { PhasegateError } from '../../../core/errors.ts';
import { quotedTable, type TablePath } from './catalog.ts';
import type { DayRange } from './day-filter.ts';
import type { QueryParameter } from './parameters.ts';
import { NO_LIMITS, readQuery } from './reads/read-query.ts';
import type { Relations, StoredTable } from './relations.ts';
import { textLiteral } from './translate/node.ts';
import { bytesOfOneValue } from './types.ts';

/** Bytes that a statement processes, by the table that it reads them of. */
export type BytesRead = ReadonlyMap<string, number>;

type Reading = Readonly<{
  table: StoredTable;
  /** Days on which each column is read; null for all. */
  columns: Map<string, readonly DayRange[] | null>;
}>;

/**
 * Bytes the statement would read: rows of the days it names times BigQuery's size of the columns it
 * needs, each column of a day once, however often it is named; a NULL counts as a value. Refuses, as BigQuery does, a table
 * that wants a day filter and has none.
 *
 * @throws PhasegateError `invalid-query`
 */
export async function bytesRead(
  connection: DuckDBConnection,
  statement: unknown,
  relations: Relations,
  parameters: readonly QueryParameter[],
): Promise<BytesRead> {
  const readings = new Map<string, Reading>();
  const bytes = new Map<string, number>();
  const place = {
    relations,
    parameters,
    commonTables: new Map(),
    outer: null,
    known: new Map(),
    readsPartitions: (dataset: string) => void bytes.set(`${dataset}.INFORMATION_SCHEMA`, 0),
    reads: (table: StoredTable, columns: ReadonlySet<string>, days: readonly DayRange[] | null) => {
      refuseEveryDay(table, days);
      const name = nameOf(table);
      const reading = readings.get(name) ?? { table, columns: new Map() };
      readings.set(name, reading);
      for (const column of columns) {
        const before = reading.columns.get(column);
        const either = before === undefined ? days : before && days && [...before, ...days];
        reading.columns.set(column, either);
      }
    },
  };
  readQuery(statement, place, 'all', NO_LIMITS);
  const each = await bytesOf(connection, [...readings.values()]);
  for (const [index, name] of [...readings.keys()].entries()) bytes.set(name, each[index] ?? 0);
  return bytes;
}

/** Bytes of whole rows of a table on the days given. */
export async function bytesOfRows(
  connection: DuckDBConnection,
  table: StoredTable,
  days: readonly DayRange[] | null,
): Promise<number> {
  const columns = new Map(table.fields.map(({ name }) => [name.toLowerCase(), days]));
  const [bytes = 0] = await bytesOf(connection, [{ table, columns }]);
  return bytes;
}

/** The bytes of each reading, from one question. */
async function bytesOf(
  connection: DuckDBConnection,
  readings: readonly Reading[],
): Promise<readonly number[]> {
  const columns = readings.flatMap(({ table, columns }, reading) =>
    table.fields.flatMap((field) => {
      const days = columns.get(field.name.toLowerCase());
      if (days === undefined) return [];
      return [{ reading, rows: rowsText(table.path, days), width: bytesOfOneValue(field) }];
    }),
  );
  const asked = [...new Set(columns.map(({ rows }) => rows))];
  const counts = await numbersOf(connection, asked);
  const rows = new Map(asked.map((text, index) => [text, counts[index] ?? 0]));
  const bytes = readings.map(() => 0);
  for (const column of columns) {
    bytes[column.reading] =
      (bytes[column.reading] ?? 0) + (rows.get(column.rows) ?? 0) * column.width;
  }
  return bytes;
}

/** Rows of a table. */
export async function rowsOf(connection: DuckDBConnection, path: TablePath): Promise<number> {
  const [rows = 0] = await numbersOf(connection, [rowsText(path, null)]);
  return rows;
}

/** An expression over `day_states` for the rows of a table on the days given, or all of them. */
function rowsText(path: TablePath, ranges: readonly DayRange[] | null): string {
  if (ranges === null) return `(SELECT count(*) FROM ${quotedTable(path)})`;
  const days = ranges.map(
    ({ from, to }) => `day BETWEEN ${dayOr(from, '0001-01-01')} AND ${dayOr(to, '9999-12-31')}`,
  );
  return `coalesce(sum(row_count) FILTER (WHERE dataset = '${path.dataset}' AND table_name = '${path.table}' AND (${['FALSE', ...days].join(' OR ')})), 0)`;
}

async function numbersOf(
  connection: DuckDBConnection,
  expressions: readonly string[],
): Promise<readonly number[]> {
  if (expressions.length === 0) return [];
  // The count makes it one row, whatever else is asked.
  const found = await connection.runAndReadAll(
    `SELECT count(*), ${expressions.join(', ')} FROM _phasegate.day_states`,
  );
  const [, ...numbers] = found.getRows()[0] ?? [];
  return numbers.map(Number);
}

function refuseEveryDay(table: StoredTable, days: readonly DayRange[] | null): void {
  if (days !== null || !table.partitioning?.requireFilter) return;
  throw new PhasegateError(
    'invalid-query',
    `Cannot query over table '${nameOf(table)}' without a filter over column '${table.partitioning.dayColumn}' that can be used for partition elimination`,
  );
}

function nameOf({ path }: StoredTable): string {
  return `${path.dataset}.${path.table}`;
}

function dayOr(day: string | null, open: string): string {
  return day === null
    ? `DATE '${open}'`
    : `coalesce(TRY_CAST(${textLiteral(day)} AS DATE), DATE '${open}')`;
}
