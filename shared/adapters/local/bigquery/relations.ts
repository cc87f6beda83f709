import type { DuckDBConnection } from '@duckdb/node-api';
import { PhasegateError } from '../../../core/errors.ts';
import {
  columnsOf,
  hasDataset,
  hasTable,
  notFound,
  type Partitioning,
  registered,
  type TablePath,
} from './catalog.ts';
import { datasetOf, tableOf } from './table-names.ts';
import { parseStatement, translateQuery } from './translate/translate.ts';
import type { TableField } from './types.ts';
import { type View, viewOf } from './views.ts';

export type StoredTable = Readonly<{
  kind: 'table';
  path: TablePath;
  fields: readonly TableField[];
  partitioning: Partitioning | null;
  /** False for a table that nobody registered, as a staging table: its days are not watched. */
  isRegistered: boolean;
}>;

export type StoredView = Readonly<{
  kind: 'view';
  path: TablePath;
  view: View;
  statement: unknown;
}>;

/** What a name stands for in a statement. */
export type Relation = StoredTable | StoredView | Readonly<{ kind: 'partitions'; dataset: string }>;

/** Tables and views by dataset and name, as far as somebody asked for them. */
export type Known = Map<string, StoredTable | StoredView>;

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
  known: Known,
  statement: unknown,
  project: string,
): Promise<Relations> {
  const found = new Map<string, Relation>();
  const visit = async (query: unknown): Promise<void> => {
    const { scans } = translateQuery(query, { table: () => '""', parameter: () => 'NULL' });
    for (const path of scans) {
      const name = nameIn(path);
      if (found.has(name)) continue;
      const relation = await relationNamed(connection, known, path, project);
      found.set(name, relation);
      if (relation.kind === 'view') await visit(relation.statement);
    }
  };
  await visit(statement);
  return found;
}

async function relationNamed(
  connection: DuckDBConnection,
  known: Known,
  name: readonly string[],
  project: string,
): Promise<Relation> {
  const path = tableOf(name, project);
  if (path !== null) return relationOf(connection, known, path);
  const dataset = datasetOf(name, project);
  if (await hasDataset(connection, dataset)) return { kind: 'partitions', dataset };
  throw new PhasegateError('not-found', `Not found: Dataset ${dataset}`);
}

/** @throws PhasegateError `not-found`, worded as BigQuery does */
export async function relationOf(
  connection: DuckDBConnection,
  known: Known,
  path: TablePath,
): Promise<StoredTable | StoredView> {
  const relation = await relationIfThere(connection, known, path);
  if (relation === null) throw await notFound(connection, path);
  return relation;
}

/** Null when there is nothing of the name. */
export async function relationIfThere(
  connection: DuckDBConnection,
  known: Known,
  path: TablePath,
): Promise<StoredTable | StoredView | null> {
  const name = `${path.dataset}.${path.table}`;
  const before = known.get(name);
  if (before !== undefined) return before;
  const found = await lookedUp(connection, path);
  if (found !== null) known.set(name, found);
  return found;
}

async function lookedUp(
  connection: DuckDBConnection,
  path: TablePath,
): Promise<StoredTable | StoredView | null> {
  const view = await viewOf(connection, path);
  if (view !== null) return { kind: 'view', path, view, statement: parseStatement(view.query) };
  const entry = await registered(connection, path);
  if (entry === null && !(await hasTable(connection, path))) return null;
  const fields = await columnsOf(connection, path);
  const partitioning = entry?.partitioning ?? null;
  return { kind: 'table', path, fields, partitioning, isRegistered: entry !== null };
}
