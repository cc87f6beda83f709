import type { DuckDBConnection } from '@duckdb/node-api';
import { PhasegateError } from '../../../core/errors.ts';
import { fieldOf, type TableField } from './types.ts';

export type TablePath = Readonly<{ dataset: string; table: string }>;

/** What BigQuery remembers of a table and DuckDB does not. */
export type Partitioning = Readonly<{ dayColumn: string; requireFilter: boolean }>;

const BOOKKEEPING = [
  'CREATE SCHEMA IF NOT EXISTS _phasegate',
  'CREATE TABLE IF NOT EXISTS _phasegate.tables (dataset VARCHAR, table_name VARCHAR, day_column VARCHAR, require_filter BOOLEAN)',
  'CREATE TABLE IF NOT EXISTS _phasegate.day_states (dataset VARCHAR, table_name VARCHAR, day DATE, row_count BIGINT, checksum HUGEINT, changed_at_ms BIGINT)',
  'CREATE TABLE IF NOT EXISTS _phasegate.jobs (job_id VARCHAR PRIMARY KEY, job JSON)',
  'CREATE TABLE IF NOT EXISTS _phasegate.views (dataset VARCHAR, table_name VARCHAR, query VARCHAR, fields JSON)',
];

export async function createBookkeeping(connection: DuckDBConnection): Promise<void> {
  for (const statement of BOOKKEEPING) await connection.run(statement);
}

/** @throws PhasegateError `invalid-input` for a name that would need quoting anywhere */
export function checkedName(name: string, what: string): string {
  if (!/^[A-Za-z_][A-Za-z0-9_]{0,199}$/.test(name) || /^_phasegate$/i.test(name)) {
    throw new PhasegateError('invalid-input', `${JSON.stringify(name)} is not a ${what} name`);
  }
  return name;
}

/** @throws PhasegateError `invalid-input` as `checkedName` */
export function tablePath(dataset: string, table: string): TablePath {
  return { dataset: checkedName(dataset, 'dataset'), table: checkedName(table, 'table') };
}

export function quotedTable({ dataset, table }: TablePath): string {
  return `warehouse."${dataset}"."${table}"`;
}

export async function hasDataset(connection: DuckDBConnection, dataset: string): Promise<boolean> {
  const found = await connection.runAndReadAll(
    `SELECT 1 FROM duckdb_schemas() WHERE database_name = 'warehouse' AND schema_name = '${dataset}'`,
  );
  return found.currentRowCount > 0;
}

export async function hasTable(connection: DuckDBConnection, path: TablePath): Promise<boolean> {
  const found = await connection.runAndReadAll(
    `SELECT 1 FROM information_schema.tables WHERE table_catalog = 'warehouse' AND table_schema = '${path.dataset}' AND table_name = '${path.table}'`,
  );
  return found.currentRowCount > 0;
}

/** Another table or view of the dataset whose name differs only in upper and lower case. */
export async function namedAlike(
  connection: DuckDBConnection,
  { dataset, table }: TablePath,
): Promise<string | null> {
  const found = await connection.runAndReadAll(
    `SELECT table_name FROM information_schema.tables WHERE table_catalog = 'warehouse' AND table_schema = '${dataset}' AND lower(table_name) = lower('${table}') AND table_name <> '${table}'`,
  );
  const [row] = found.getRows();
  return row ? String(row[0]) : null;
}

/** The columns of a table that is there: DuckDB would take `T` for `t`. */
export async function columnsOf(
  connection: DuckDBConnection,
  path: TablePath,
): Promise<readonly TableField[]> {
  const table = quotedTable(path);
  const fields = await resultColumns(connection, `SELECT * FROM ${table}`);
  const required = await connection.runAndReadAll(
    `SELECT name FROM pragma_table_info('${table}') WHERE "notnull"`,
  );
  const names = new Set(required.getRows().map(([name]) => String(name)));
  return fields.map((field) => (names.has(field.name) ? { ...field, mode: 'REQUIRED' } : field));
}

/** The columns a query of DuckDB returns, without running it. */
export async function resultColumns(
  connection: DuckDBConnection,
  sql: string,
): Promise<readonly TableField[]> {
  const statement = await connection.prepare(sql);
  try {
    return Array.from({ length: statement.columnCount }, (_, index) =>
      fieldOf(statement.columnName(index), statement.columnType(index)),
    );
  } finally {
    statement.destroySync();
  }
}

/** What BigQuery says of a table or dataset that is not there. */
export async function notFound(
  connection: DuckDBConnection,
  path: TablePath,
): Promise<PhasegateError> {
  const what = (await hasDataset(connection, path.dataset))
    ? `Table ${path.dataset}.${path.table}`
    : `Dataset ${path.dataset}`;
  return new PhasegateError('not-found', `Not found: ${what}`);
}

/** What was said of a table when it was made; null for one that nobody registered, as staging tables. */
export async function registered(
  connection: DuckDBConnection,
  { dataset, table }: TablePath,
): Promise<Readonly<{ partitioning: Partitioning | null }> | null> {
  const found = await connection.runAndReadAll(
    `SELECT day_column, require_filter FROM _phasegate.tables WHERE dataset = '${dataset}' AND table_name = '${table}'`,
  );
  const [row] = found.getRows();
  return row ? { partitioning: partitioningIn(row[0], row[1]) } : null;
}

export async function register(
  connection: DuckDBConnection,
  path: TablePath,
  partitioning: Partitioning | null,
): Promise<void> {
  await connection.run(`DELETE FROM _phasegate.tables WHERE ${isTable(path)}`);
  await connection.run('INSERT INTO _phasegate.tables VALUES ($1, $2, $3, $4)', [
    path.dataset,
    path.table,
    partitioning?.dayColumn ?? null,
    partitioning?.requireFilter ?? false,
  ]);
}

export async function registeredTables(
  connection: DuckDBConnection,
): Promise<readonly Readonly<{ path: TablePath; partitioning: Partitioning | null }>[]> {
  const found = await connection.runAndReadAll(
    'SELECT dataset, table_name, day_column, require_filter FROM _phasegate.tables ORDER BY ALL',
  );
  return found.getRows().map(([dataset, table, dayColumn, requireFilter]) => ({
    path: { dataset: String(dataset), table: String(table) },
    partitioning: partitioningIn(dayColumn, requireFilter),
  }));
}

/** Forgets days and partitioning of a table that is not there any more. */
export async function forgetTable(connection: DuckDBConnection, path: TablePath): Promise<void> {
  await connection.run(`DELETE FROM _phasegate.tables WHERE ${isTable(path)}`);
  await connection.run(`DELETE FROM _phasegate.day_states WHERE ${isTable(path)}`);
}

function isTable({ dataset, table }: TablePath): string {
  return `dataset = '${dataset}' AND table_name = '${table}'`;
}

function partitioningIn(dayColumn: unknown, requireFilter: unknown): Partitioning | null {
  return dayColumn === null
    ? null
    : { dayColumn: String(dayColumn), requireFilter: requireFilter === true };
}
