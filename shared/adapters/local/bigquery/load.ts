import type { DuckDBConnection } from '@duckdb/node-api';
import { PhasegateError } from '../../../core/errors.ts';
import {
  checkedName,
  columnsOf,
  hasDataset,
  hasTable,
  partitioningOf,
  quotedTable,
  register,
  registered,
  type TablePath,
} from './catalog.ts';
import { refreshDayStates } from './day-states.ts';
import type { LoadRequest } from './requests.ts';
import { stageFile } from './stage.ts';
import { duckType, type TableField } from './types.ts';
import { viewOf } from './views.ts';

/**
 * Loads one uploaded file into a table inside the caller's transaction. Returns the number of rows.
 *
 * @throws PhasegateError `invalid-input` naming row and column of the first value that does not fit
 */
export async function loadFile(
  connection: DuckDBConnection,
  request: LoadRequest,
  path: string,
  changedAtMs: () => number,
): Promise<number> {
  const table: TablePath = {
    dataset: checkedName(request.destinationTable.datasetId, 'dataset'),
    table: checkedName(request.destinationTable.tableId, 'table'),
  };
  if (!(await hasDataset(connection, table.dataset))) {
    throw new PhasegateError('not-found', `Not found: Dataset ${table.dataset}`);
  }
  const exists = await hasTable(connection, table);
  if (!exists && request.createDisposition === 'CREATE_NEVER') {
    throw new PhasegateError('not-found', `Not found: Table ${table.dataset}.${table.table}`);
  }
  if (await viewOf(connection, table)) {
    throw new PhasegateError(
      'invalid-input',
      `${table.dataset}.${table.table} is a view; load into a table`,
    );
  }
  const keepsRows = exists && request.writeDisposition !== 'WRITE_TRUNCATE';
  const wanted = keepsRows ? await columnsOf(connection, table) : (request.schema?.fields ?? null);
  const staged = await stageFile(connection, request, path, wanted);
  if (!keepsRows) await createTable(connection, table, staged.fields);
  const names = staged.fields.map(({ name }) => `"${name}"`).join(', ');
  const { rowsChanged } = await connection.run(
    `INSERT INTO ${quotedTable(table)} (${names}) SELECT ${staged.values.join(', ')} FROM _staged`,
  );
  await notePartitions(connection, table, request, changedAtMs);
  await connection.run('DROP TABLE IF EXISTS _staged');
  return Number(rowsChanged);
}

export async function createTable(
  connection: DuckDBConnection,
  table: TablePath,
  fields: readonly TableField[],
): Promise<void> {
  const columns = fields.map((field) => {
    const required = field.mode === 'REQUIRED' ? ' NOT NULL' : '';
    return `"${checkedName(field.name, 'column')}" ${duckType(field)}${required}`;
  });
  await connection.run(`CREATE OR REPLACE TABLE ${quotedTable(table)} (${columns.join(', ')})`);
}

async function notePartitions(
  connection: DuckDBConnection,
  table: TablePath,
  request: LoadRequest,
  changedAtMs: () => number,
): Promise<void> {
  const asked = request.timePartitioning?.field;
  if (asked !== undefined) {
    const before = await partitioningOf(connection, table);
    await register(connection, table, {
      dayColumn: checkedName(asked, 'column'),
      requireFilter: before?.requireFilter ?? false,
    });
  }
  const known = await registered(connection, table);
  if (known === null) return;
  const dayColumn = known.partitioning?.dayColumn ?? null;
  await refreshDayStates(connection, table, dayColumn, null, changedAtMs());
}
