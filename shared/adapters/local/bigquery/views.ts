import type { DuckDBConnection } from '@duckdb/node-api';
import type { TablePath } from './catalog.ts';
import type { TableField } from './types.ts';

/** A view as it was given: DuckDB keeps only a translation of it, without comments. */
export type View = Readonly<{
  /** GoogleSQL, letter by letter. */
  query: string;
  /** The columns it had when it was made, as in BigQuery's own description of it. */
  fields: readonly TableField[];
}>;

export async function viewOf(
  connection: DuckDBConnection,
  { dataset, table }: TablePath,
): Promise<View | null> {
  const found = await connection.runAndReadAll(
    `SELECT query, fields FROM _phasegate.views WHERE dataset = '${dataset}' AND table_name = '${table}'`,
  );
  const [row] = found.getRows();
  return row ? { query: String(row[0]), fields: JSON.parse(String(row[1])) } : null;
}

export async function keepView(
  connection: DuckDBConnection,
  path: TablePath,
  { query, fields }: View,
): Promise<void> {
  await forgetView(connection, path);
  await connection.run('INSERT INTO _phasegate.views VALUES ($1, $2, $3, $4)', [
    path.dataset,
    path.table,
    query,
    JSON.stringify(fields),
  ]);
}

export async function forgetView(
  connection: DuckDBConnection,
  { dataset, table }: TablePath,
): Promise<void> {
  await connection.run('DELETE FROM _phasegate.views WHERE dataset = $1 AND table_name = $2', [
    dataset,
    table,
  ]);
}

/** Forgets the views that somebody dropped while the file was closed. */
export async function forgetDroppedViews(connection: DuckDBConnection): Promise<void> {
  await connection.run(
    `DELETE FROM _phasegate.views AS v WHERE NOT EXISTS (
       SELECT 1 FROM duckdb_views() AS d
       WHERE d.database_name = 'warehouse' AND d.schema_name = v.dataset AND d.view_name = v.table_name)`,
  );
}
