import type { DuckDBConnection } from '@duckdb/node-api';
import { PhasegateError } from '../../../core/errors.ts';
import { hasDataset, hasTable, quotedTable, type TablePath, tablePath } from './catalog.ts';
import { relationOf } from './relations.ts';
import { readRequest, viewChange, viewRequest } from './requests.ts';
import { describeQuery } from './run-query.ts';
import { parseStatement } from './translate/translate.ts';
import { forgetView, keepView, type View } from './views.ts';

export function isViewRequest(body: unknown): boolean {
  return typeof body === 'object' && body !== null && 'view' in body;
}

/** @throws PhasegateError `conflict` when a table or view has the name already */
export async function createView(
  connection: DuckDBConnection,
  project: string,
  dataset: string,
  body: unknown,
) {
  const { tableReference, view } = readRequest(viewRequest, body);
  const path = tablePath(dataset, tableReference.tableId);
  if (!(await hasDataset(connection, path.dataset))) {
    throw new PhasegateError('not-found', `Not found: Dataset ${project}:${path.dataset}`);
  }
  if (await hasTable(connection, path)) {
    throw new PhasegateError(
      'conflict',
      `Already Exists: Table ${project}:${path.dataset}.${path.table}`,
    );
  }
  return writeView(connection, project, path, view.query);
}

/** @throws PhasegateError `not-found` when there is nothing of the name, `invalid-input` when it is no view */
export async function changeView(
  connection: DuckDBConnection,
  project: string,
  dataset: string,
  table: string,
  body: unknown,
) {
  const { view } = readRequest(viewChange, body);
  const path = tablePath(dataset, table);
  const { kind } = await relationOf(connection, new Map(), path);
  if (kind !== 'view') {
    throw new PhasegateError('invalid-input', `${path.dataset}.${path.table} is not a view`);
  }
  return writeView(connection, project, path, view.query);
}

export async function dropView(connection: DuckDBConnection, path: TablePath): Promise<void> {
  await connection.run(`DROP VIEW ${quotedTable(path)}`);
  await forgetView(connection, path);
}

export function viewResource(project: string, { dataset, table }: TablePath, view: View) {
  return {
    kind: 'bigquery#table',
    id: `${project}:${dataset}.${table}`,
    tableReference: { projectId: project, datasetId: dataset, tableId: table },
    type: 'VIEW',
    schema: { fields: view.fields },
    view: { query: view.query, useLegacySql: false },
  };
}

/** DuckDB's own view is for those who open the file; here a view is always read by its text. */
async function writeView(
  connection: DuckDBConnection,
  project: string,
  path: TablePath,
  query: string,
) {
  const { sql, fields, relations } = await describeQuery(
    connection,
    new Map(),
    parseStatement(query),
    [],
    project,
  );
  for (const relation of relations.values()) {
    const isSelf =
      relation.kind === 'view' &&
      relation.path.dataset === path.dataset &&
      relation.path.table === path.table;
    if (isSelf) {
      throw new PhasegateError(
        'invalid-query',
        `view ${path.dataset}.${path.table} cannot read itself; name the table it stands for`,
      );
    }
  }
  await connection.run(`CREATE OR REPLACE VIEW ${quotedTable(path)} AS ${sql}`);
  const view = { query, fields };
  await keepView(connection, path, view);
  return viewResource(project, path, view);
}
