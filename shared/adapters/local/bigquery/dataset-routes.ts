import type { DuckDBConnection } from '@duckdb/node-api';
import { PhasegateError } from '../../../core/errors.ts';
import {
  checkedName,
  forgetTable,
  hasDataset,
  quotedTable,
  register,
  tablePath,
} from './catalog.ts';
import { refreshDayStates } from './day-states.ts';
import { createTable } from './load.ts';
import { type Known, relationIfThere, relationOf, type StoredTable } from './relations.ts';
import { datasetRequest, readRequest, tableRequest } from './requests.ts';
import { rowsOf } from './scans.ts';
import { dropView, viewResource } from './view-routes.ts';

export async function createDataset(connection: DuckDBConnection, project: string, body: unknown) {
  const { datasetReference } = readRequest(datasetRequest, body);
  const dataset = checkedName(datasetReference.datasetId, 'dataset');
  if (await hasDataset(connection, dataset)) {
    throw new PhasegateError('conflict', `Already Exists: Dataset ${project}:${dataset}`);
  }
  await connection.run(`CREATE SCHEMA warehouse."${dataset}"`);
  return datasetResource(project, dataset);
}

export async function getDataset(connection: DuckDBConnection, project: string, name: string) {
  const dataset = checkedName(name, 'dataset');
  if (!(await hasDataset(connection, dataset))) {
    throw new PhasegateError('not-found', `Not found: Dataset ${project}:${dataset}`);
  }
  return datasetResource(project, dataset);
}

/** Makes a table; one that somebody else made in the file, and nobody registered, is taken over as it is. */
export async function createTableFrom(
  connection: DuckDBConnection,
  project: string,
  dataset: string,
  body: unknown,
  changedAtMs: () => number,
) {
  const request = readRequest(tableRequest, body);
  const path = tablePath(dataset, request.tableReference.tableId);
  await getDataset(connection, project, path.dataset);
  const before = await relationIfThere(connection, new Map(), path);
  if (before?.kind === 'view' || before?.isRegistered) {
    throw new PhasegateError(
      'conflict',
      `Already Exists: Table ${project}:${path.dataset}.${path.table}`,
    );
  }
  const { schema, timePartitioning, requirePartitionFilter = false } = request;
  if (before === null) await createTable(connection, path, schema.fields);
  const dayColumn = timePartitioning?.field;
  if (dayColumn !== undefined && !schema.fields.some(({ name }) => name === dayColumn)) {
    throw new PhasegateError(
      'invalid-input',
      `The field specified for partitioning cannot be found in the schema: ${dayColumn}`,
    );
  }
  await register(
    connection,
    path,
    dayColumn === undefined ? null : { dayColumn, requireFilter: requirePartitionFilter },
  );
  if (before !== null)
    await refreshDayStates(connection, path, dayColumn ?? null, null, changedAtMs());
  return getTable(connection, new Map(), project, dataset, path.table);
}

export async function getTable(
  connection: DuckDBConnection,
  known: Known,
  project: string,
  dataset: string,
  table: string,
) {
  const path = tablePath(dataset, table);
  const relation = await relationOf(connection, known, path);
  return relation.kind === 'view'
    ? viewResource(project, path, relation.view)
    : tableResource(connection, project, relation);
}

export async function deleteTable(connection: DuckDBConnection, dataset: string, table: string) {
  const path = tablePath(dataset, table);
  const { kind } = await relationOf(connection, new Map(), path);
  if (kind === 'view') return dropView(connection, path);
  await connection.run(`DROP TABLE ${quotedTable(path)}`);
  await forgetTable(connection, path);
}

function datasetResource(project: string, dataset: string) {
  return {
    kind: 'bigquery#dataset',
    id: `${project}:${dataset}`,
    datasetReference: { projectId: project, datasetId: dataset },
    location: 'US',
  };
}

async function tableResource(
  connection: DuckDBConnection,
  project: string,
  { path, fields, partitioning }: StoredTable,
) {
  return {
    kind: 'bigquery#table',
    id: `${project}:${path.dataset}.${path.table}`,
    tableReference: { projectId: project, datasetId: path.dataset, tableId: path.table },
    type: 'TABLE',
    schema: { fields },
    numRows: String(await rowsOf(connection, path)),
    ...(partitioning && {
      timePartitioning: { type: 'DAY', field: partitioning.dayColumn },
      requirePartitionFilter: partitioning.requireFilter,
    }),
  };
}
