import type { DuckDBConnection } from '@duckdb/node-api';
import { PhasegateError } from '../../../core/errors.ts';
import {
  columnsOf,
  hasDataset,
  mustHaveTable,
  type Partitioning,
  partitioningOf,
  type TablePath,
} from './catalog.ts';
import { datasetOf, tableOf } from './table-names.ts';
import { parseStatement, translateQuery } from './translate/translate.ts';
import type { TableField } from './types.ts';
import { viewOf } from './views.ts';

export type StoredTable = Readonly<{
  kind: 'table';
  path: TablePath;
  fields: readonly TableField[];
  partitioning: Partitioning | null;
}>;

/** What the name of a table stands for in a statement. */
export type Relation =
  | StoredTable
  | Readonly<{ kind: 'view'; path: TablePath; statement: unknown }>
  | Readonly<{ kind: 'partitions'; dataset: string }>;

/** By the name as the statement writes it, views' own tables included. */
export type Relations = ReadonlyMap<string, Relation>;

export const nameIn = (path: readonly string[]): string => path.join('.');

/**
 * Everything a statement reads, through views down to the tables.
 *
 * @throws PhasegateError `not-found` for a table or dataset that is not there
 */
export async function relationsOf(
  connection: DuckDBConnection,
  statement: unknown,
  project: string,
): Promise<Relations> {
  const found = new Map<string, Relation>();
  const visit = async (query: unknown): Promise<void> => {
    const { scans } = translateQuery(query, { table: () => '""', parameter: () => 'NULL' });
    for (const path of scans) {
      const name = nameIn(path);
      if (found.has(name)) continue;
      const relation = await relationOf(connection, path, project);
      found.set(name, relation);
      if (relation.kind === 'view') await visit(relation.statement);
    }
  };
  await visit(statement);
  return found;
}

async function relationOf(
  connection: DuckDBConnection,
  name: readonly string[],
  project: string,
): Promise<Relation> {
  const path = tableOf(name, project);
  if (path === null) {
    const dataset = datasetOf(name, project);
    if (await hasDataset(connection, dataset)) return { kind: 'partitions', dataset };
    throw new PhasegateError('not-found', `Not found: Dataset ${dataset}`);
  }
  const view = await viewOf(connection, path);
  if (view !== null) return { kind: 'view', path, statement: parseStatement(view.query) };
  await mustHaveTable(connection, path);
  const fields = await columnsOf(connection, path);
  return { kind: 'table', path, fields, partitioning: await partitioningOf(connection, path) };
}
