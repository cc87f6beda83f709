import type { DuckDBConnection } from '@duckdb/node-api';
import { resultColumns } from './catalog.ts';
import { parameterText, type QueryParameter } from './parameters.ts';
import { type Known, nameIn, type Relations, relationsOf } from './relations.ts';
import { type BytesRead, bytesRead } from './scans.ts';
import { tableText } from './table-names.ts';
import { translateQuery } from './translate/translate.ts';
import type { TableField } from './types.ts';
import { encodeRow, type WireRow } from './values.ts';

export type Described = Readonly<{
  /** DuckDB's text. */
  sql: string;
  relations: Relations;
  fields: readonly TableField[];
}>;
export type Prepared = Described & Readonly<{ bytes: BytesRead }>;

/** Everything that can be known of a query without running it: its columns, its bytes, its faults. */
export async function prepareQuery(
  connection: DuckDBConnection,
  known: Known,
  statement: unknown,
  parameters: readonly QueryParameter[],
  project: string,
): Promise<Prepared> {
  const described = await describeQuery(connection, known, statement, parameters, project);
  const bytes = await bytesRead(connection, statement, described.relations, parameters);
  return { ...described, bytes };
}

/** What a query means, whether or not it may be run as it stands. */
export async function describeQuery(
  connection: DuckDBConnection,
  known: Known,
  statement: unknown,
  parameters: readonly QueryParameter[],
  project: string,
): Promise<Described> {
  const relations = await relationsOf(connection, known, statement, project);
  const sql = textOf(statement, relations, parameters, project);
  return { sql, relations, fields: await resultColumns(connection, sql) };
}

/** A view stands in the text as the query it is: it reads its tables as they are now. */
function textOf(
  statement: unknown,
  relations: Relations,
  parameters: readonly QueryParameter[],
  project: string,
): string {
  const table = (path: readonly string[]) => {
    const relation = relations.get(nameIn(path));
    if (relation?.kind !== 'view') return tableText(path, project);
    return `(${textOf(relation.statement, relations, [], project)})`;
  };
  return translateQuery(statement, { table, parameter: parameterText(parameters) }).sql;
}

export async function readRows(
  connection: DuckDBConnection,
  { sql, fields }: Described,
): Promise<readonly WireRow[]> {
  const reader = await connection.runAndReadAll(sql);
  return reader.getRows().map((row) => encodeRow(fields, row));
}
