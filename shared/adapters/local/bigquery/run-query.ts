import type { DuckDBConnection } from '@duckdb/node-api';
import { PhasegateError } from '../../../core/errors.ts';
import { hasDataset, mustHaveTable } from './catalog.ts';
import { parameterText, type QueryParameter } from './parameters.ts';
import { bytesRead } from './scans.ts';
import { datasetOf, tableOf, tableText } from './table-names.ts';
import { type Translated, translateQuery } from './translate/translate.ts';
import { fieldOf, type TableField } from './types.ts';
import { encodeRow, type WireRow } from './values.ts';

export type Prepared = Readonly<{
  translated: Translated;
  fields: readonly TableField[];
  bytes: number;
}>;

/** Everything that can be known of a query without running it: its columns, its bytes, its faults. */
export async function prepareQuery(
  connection: DuckDBConnection,
  statement: unknown,
  parameters: readonly QueryParameter[],
  project: string,
): Promise<Prepared> {
  const translated = translateQuery(statement, {
    table: (path) => tableText(path, project),
    parameter: parameterText(parameters),
  });
  for (const { path } of translated.scans) {
    const table = tableOf(path, project);
    if (table !== null) await mustHaveTable(connection, table);
    else if (!(await hasDataset(connection, datasetOf(path, project)))) {
      throw new PhasegateError('not-found', `Not found: Dataset ${datasetOf(path, project)}`);
    }
  }
  const prepared = await connection.prepare(translated.sql);
  const fields = Array.from({ length: prepared.columnCount }, (_, index) =>
    fieldOf(prepared.columnName(index), prepared.columnType(index)),
  );
  const bytes = await bytesRead(connection, translated, parameters, project);
  return { translated, fields, bytes };
}

export async function readRows(
  connection: DuckDBConnection,
  { translated, fields }: Prepared,
): Promise<readonly WireRow[]> {
  const reader = await connection.runAndReadAll(translated.sql);
  return reader.getRows().map((row) => encodeRow(fields, row));
}
