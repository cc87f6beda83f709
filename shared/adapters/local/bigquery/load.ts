import type { DuckDBConnection } from '@duckdb/node-api';
import { PhasegateError } from '../../../core/errors.ts';
import {
  checkedName,
  hasDataset,
  namedAlike,
  notFound,
  quotedTable,
  register,
  type TablePath,
  tablePath,
} from './catalog.ts';
import { refreshDayStates, type Touched } from './day-states.ts';
import { type Known, relationIfThere, type StoredTable } from './relations.ts';
import type { LoadRequest } from './requests.ts';
import { type Staged, stageFile } from './stage.ts';
import { duckType, type TableField } from './types.ts';

/** An append to a table that must be there changes rows; any other load may make the table anew. */
export function changedBy(request: LoadRequest): 'rows' | 'names' {
  const isAppend =
    request.writeDisposition === 'WRITE_APPEND' && request.createDisposition === 'CREATE_NEVER';
  return isAppend && request.timePartitioning === undefined ? 'rows' : 'names';
}

/**
 * Loads one uploaded file into a table inside the caller's transaction. Returns the number of rows.
 *
 * @throws PhasegateError `invalid-input` naming row and column of the first value that does not fit
 */
export async function loadFile(
  connection: DuckDBConnection,
  known: Known,
  request: LoadRequest,
  path: string,
  changedAtMs: () => number,
): Promise<number> {
  const { datasetId, tableId } = request.destinationTable;
  const table = tablePath(datasetId, tableId);
  const before = await relationIfThere(connection, known, table);
  if (before?.kind === 'view') {
    throw new PhasegateError(
      'invalid-input',
      `${table.dataset}.${table.table} is a view; load into a table`,
    );
  }
  if (before === null) {
    const mayCreate = request.createDisposition !== 'CREATE_NEVER';
    if (!mayCreate || !(await hasDataset(connection, table.dataset))) {
      throw await notFound(connection, table);
    }
  }
  const kept = request.writeDisposition === 'WRITE_TRUNCATE' ? null : before;
  const staged = await stageFile(
    connection,
    request,
    path,
    kept?.fields ?? request.schema?.fields ?? null,
  );
  if (kept === null) await createTable(connection, table, staged.fields);
  const names = staged.fields.map(({ name }) => `"${name}"`).join(', ');
  const { rowsChanged } = await connection.run(
    `INSERT INTO ${quotedTable(table)} (${names}) SELECT ${staged.values.join(', ')} FROM _staged`,
  );
  await notePartitions(connection, table, before, request, kept && staged, changedAtMs);
  await connection.run('DROP TABLE IF EXISTS _staged');
  return Number(rowsChanged);
}

/** @throws PhasegateError `invalid-input` for a name that only its case tells from another: DuckDB would replace that one */
export async function createTable(
  connection: DuckDBConnection,
  table: TablePath,
  fields: readonly TableField[],
): Promise<void> {
  const other = await namedAlike(connection, table);
  if (other !== null) {
    throw new PhasegateError(
      'invalid-input',
      `${table.dataset}.${table.table} differs from ${table.dataset}.${other} only in upper and lower case, which the local warehouse cannot keep apart; choose another name`,
    );
  }
  const columns = fields.map((field) => {
    const required = field.mode === 'REQUIRED' ? ' NOT NULL' : '';
    return `"${checkedName(field.name, 'column')}" ${duckType(field)}${required}`;
  });
  await connection.run(`CREATE OR REPLACE TABLE ${quotedTable(table)} (${columns.join(', ')})`);
}

async function notePartitions(
  connection: DuckDBConnection,
  table: TablePath,
  before: StoredTable | null,
  request: LoadRequest,
  appended: Staged | null,
  changedAtMs: () => number,
): Promise<void> {
  const asked = request.timePartitioning?.field;
  if (asked !== undefined) {
    await register(connection, table, {
      dayColumn: checkedName(asked, 'column'),
      requireFilter: before?.partitioning?.requireFilter ?? false,
    });
  }
  if (asked === undefined && !before?.isRegistered) return;
  const dayBefore = before?.partitioning?.dayColumn ?? null;
  const dayColumn = asked ?? dayBefore;
  const touched =
    dayColumn === dayBefore ? await daysAppended(connection, appended, dayColumn) : null;
  await refreshDayStates(connection, table, dayColumn, touched, changedAtMs());
}

/** From the first to the last day of the rows in `_staged`; null when they may be of any day. */
async function daysAppended(
  connection: DuckDBConnection,
  appended: Staged | null,
  dayColumn: string | null,
): Promise<Touched> {
  const index = appended?.fields.findIndex(({ name }) => name === dayColumn) ?? -1;
  const day = appended?.values[index];
  if (day === undefined || appended?.fields[index]?.type !== 'DATE') return null;
  const found = await connection.runAndReadAll(
    `SELECT min(day)::VARCHAR, max(day)::VARCHAR FROM (SELECT ${day} AS day FROM _staged) HAVING count(*) = count(day)`,
  );
  const [from, to] = found.getRows()[0] ?? [];
  return typeof from === 'string' && typeof to === 'string' ? { from, to } : null;
}
