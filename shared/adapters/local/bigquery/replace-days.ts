import type { DuckDBConnection } from '@duckdb/node-api';
import { PhasegateError } from '../../../core/errors.ts';
import { quotedTable } from './catalog.ts';
import { refreshDayStates, type Touched } from './day-states.ts';
import { parameterText, type QueryParameter, scalarValue } from './parameters.ts';
import { type Known, relationOf, type StoredTable } from './relations.ts';
import type { Replacement } from './replacement.ts';
import { type Prepared, prepareQuery } from './run-query.ts';
import { type BytesRead, bytesOfRows } from './scans.ts';
import { tableOf } from './table-names.ts';
import { textLiteral } from './translate/node.ts';
import { isAssignable, sqlName } from './types.ts';

export type Replaced = Readonly<{ deleted: number; inserted: number }>;

export type PreparedReplacement = Readonly<{
  target: StoredTable;
  source: Prepared;
  bytes: BytesRead;
}>;

/** Checks a replacement against the table it writes: columns, types, what it would read. */
export async function prepareReplacement(
  connection: DuckDBConnection,
  known: Known,
  replacement: Replacement,
  parameters: readonly QueryParameter[],
  project: string,
): Promise<PreparedReplacement> {
  const path = tableOf(replacement.target, project);
  const target = path && (await relationOf(connection, known, path));
  const where = replacement.target.join('.');
  if (target?.kind !== 'table') {
    throw new PhasegateError('invalid-query', `MERGE into ${where}, which is a view`);
  }
  const source = await prepareQuery(connection, known, replacement.query, parameters, project);
  const given = new Map(source.fields.map((field) => [field.name.toLowerCase(), field]));
  for (const { column, value } of replacement.assignments) {
    const to = target.fields.find(({ name }) => name.toLowerCase() === column.toLowerCase());
    const from = given.get(value.toLowerCase());
    if (to === undefined)
      throw new PhasegateError(
        'invalid-query',
        `Column ${column} is not present in table ${where}`,
      );
    if (from === undefined)
      throw new PhasegateError('invalid-query', `Name ${value} not found inside s`);
    if (!isAssignable(from, to)) {
      throw new PhasegateError(
        'invalid-query',
        `Value of type ${sqlName(from)} cannot be assigned to ${column} of ${where}, which has type ${sqlName(to)}; say CAST`,
      );
    }
  }
  const written = await bytesOfRows(connection, target, rangeOf(replacement, parameters));
  const name = `${target.path.dataset}.${target.path.table}`;
  const bytes = new Map(source.bytes).set(name, (source.bytes.get(name) ?? 0) + written);
  return { target, source, bytes };
}

/**
 * Runs a prepared replacement inside the caller's transaction: the SELECT is read completely first
 * (it may read its own target), then the old rows go and the new ones come, then the touched days
 * are compared with what they were.
 */
export async function replaceDays(
  connection: DuckDBConnection,
  replacement: Replacement,
  { target, source }: PreparedReplacement,
  parameters: readonly QueryParameter[],
  changedAtMs: () => number,
): Promise<Replaced> {
  await connection.run(`CREATE OR REPLACE TEMP TABLE _source AS ${source.sql}`);
  const days = replacement.days;
  const inDays = (column: string) =>
    days
      ? `${column} BETWEEN ${parameterText(parameters)(days.from)} AND ${parameterText(parameters)(days.to)}`
      : 'TRUE';
  const table = quotedTable(target.path);
  const { rowsChanged: deleted } = await connection.run(
    `DELETE FROM ${table} WHERE ${days ? inDays(`"${days.column}"`) : 'TRUE'}`,
  );
  const names = replacement.assignments.map(({ column }) => `"${column}"`).join(', ');
  const values = replacement.assignments.map(({ value }) => `"${value}"`).join(', ');
  const { rowsChanged: inserted } = await connection.run(
    `INSERT INTO ${table} (${names}) SELECT ${values} FROM _source`,
  );
  if (target.isRegistered) {
    const dayColumn = target.partitioning?.dayColumn ?? null;
    const range = await rangeWritten(connection, replacement, parameters, dayColumn);
    await refreshDayStates(connection, target.path, dayColumn, range, changedAtMs());
  }
  await connection.run('DROP TABLE _source');
  return { deleted: Number(deleted), inserted: Number(inserted) };
}

/** The days that were replaced, when no new row lies outside of them; otherwise null: any day may differ. */
async function rangeWritten(
  connection: DuckDBConnection,
  { days, assignments }: Replacement,
  parameters: readonly QueryParameter[],
  dayColumn: string | null,
): Promise<Touched> {
  const source = assignments.find(({ column }) => column === dayColumn);
  const [from, to] = days
    ? [scalarValue(parameters, days.from), scalarValue(parameters, days.to)]
    : [];
  if (!from || !to || source === undefined || days?.column !== dayColumn) return null;
  const outside = await connection.runAndReadAll(
    `SELECT count(*) FROM _source WHERE ("${source.value}" BETWEEN DATE ${textLiteral(from)} AND DATE ${textLiteral(to)}) IS NOT TRUE`,
  );
  return Number(outside.getRows()[0]?.[0]) === 0 ? { from, to } : null;
}

function rangeOf({ days }: Replacement, parameters: readonly QueryParameter[]) {
  if (days === null) return null;
  return [{ from: scalarValue(parameters, days.from), to: scalarValue(parameters, days.to) }];
}
