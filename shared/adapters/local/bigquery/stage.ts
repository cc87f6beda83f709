import type { DuckDBConnection } from '@duckdb/node-api';
import { PhasegateError } from '../../../core/errors.ts';
import { resultColumns } from './catalog.ts';
import type { LoadRequest } from './requests.ts';
import { MACRO_CATALOG } from './translate/macros.ts';
import { duckType, isAssignable, sqlName, type TableField } from './types.ts';

export type Staged = Readonly<{
  fields: readonly TableField[];
  /** One expression a field over the table `_staged`. */
  values: readonly string[];
}>;

/** Reads a file into the temporary table `_staged` and checks that every value fits its column. */
export async function stageFile(
  connection: DuckDBConnection,
  request: LoadRequest,
  path: string,
  wanted: readonly TableField[] | null,
): Promise<Staged> {
  const staged =
    request.sourceFormat === 'PARQUET'
      ? await stageParquet(connection, path, wanted)
      : await stageText(connection, request, path, mustKnow(wanted));
  await refuseNotANumber(connection, staged);
  return staged;
}

async function stageParquet(
  connection: DuckDBConnection,
  path: string,
  wanted: readonly TableField[] | null,
): Promise<Staged> {
  await connection.run(
    `CREATE OR REPLACE TEMP TABLE _staged AS SELECT * FROM read_parquet('${path}')`,
  );
  const inFile = await resultColumns(connection, 'SELECT * FROM _staged');
  const fields =
    wanted ??
    inFile.map((field) => (field.type === 'DATETIME' ? { ...field, type: 'TIMESTAMP' } : field));
  const extra = inFile.find(
    ({ name }) => !fields.some((field) => field.name.toLowerCase() === name.toLowerCase()),
  );
  if (extra) throw wrong(`column ${extra.name} of the file is not a column of the table`);
  const values = fields.map((field) => {
    const from = inFile.find(({ name }) => name.toLowerCase() === field.name.toLowerCase());
    if (from === undefined) {
      if (field.mode !== 'REQUIRED') return `CAST(NULL AS ${duckType(field)})`;
      throw wrong(`the file has no column ${field.name}`);
    }
    const isInstant = from.type === 'DATETIME' && field.type === 'TIMESTAMP';
    if (!isAssignable(from, field) && !isInstant) {
      throw wrong(
        `column ${field.name} is ${sqlName(from)} in the file, expected ${sqlName(field)}`,
      );
    }
    return `CAST("${from.name}" AS ${duckType(field)})`;
  });
  return { fields, values };
}

async function stageText(
  connection: DuckDBConnection,
  request: LoadRequest,
  path: string,
  fields: readonly TableField[],
): Promise<Staged> {
  const source =
    request.sourceFormat === 'CSV'
      ? csvSource(request, path, fields)
      : await jsonSource(connection, path, fields);
  try {
    await connection.run(
      `CREATE OR REPLACE TEMP TABLE _staged AS SELECT row_number() OVER () AS _row, * FROM (${source})`,
    );
  } catch (error) {
    const [first = ''] = (error instanceof Error ? error.message : String(error)).split('\n\n');
    throw wrong(first.replaceAll('\n', ' '), error);
  }
  const checks = fields.map((field) => {
    const bad = field.mode === 'REQUIRED' ? `"${field.name}" IS NULL OR` : '';
    return `min(CASE WHEN ${bad} ("${field.name}" IS NOT NULL AND ${parsed(field)} IS NULL) THEN _row END)`;
  });
  const [firsts = []] = (
    await connection.runAndReadAll(`SELECT ${checks.join(', ')} FROM _staged`)
  ).getRows();
  for (const [index, row] of firsts.entries()) {
    const field = fields[index];
    if (row === null || field === undefined) continue;
    const value = await connection.runAndReadAll(
      `SELECT "${field.name}" FROM _staged WHERE _row = ${row}`,
    );
    const text = value.getRows()[0]?.[0] ?? null;
    throw wrong(
      `row ${row}, column ${field.name}: ${text === null ? 'NULL' : JSON.stringify(text)} is not a ${sqlName(field)}`,
    );
  }
  return { fields, values: fields.map(parsed) };
}

function csvSource(request: LoadRequest, path: string, fields: readonly TableField[]): string {
  const columns = fields.map(({ name }) => `'${name}': 'VARCHAR'`).join(', ');
  return `SELECT * FROM read_csv('${path}', auto_detect = false, header = false, skip = ${request.skipLeadingRows}, columns = {${columns}}, delim = ',', quote = '"', escape = '"', nullstr = '', allow_quoted_nulls = false, parallel = false, max_line_size = 10000000)`;
}

async function jsonSource(
  connection: DuckDBConnection,
  path: string,
  fields: readonly TableField[],
): Promise<string> {
  const objects = `read_ndjson_objects('${path}', maximum_object_size = 67108864)`;
  const known = fields.map(({ name }) => `'${name}'`).join(', ');
  const unknown = await connection.runAndReadAll(
    `SELECT key FROM (SELECT DISTINCT unnest(json_keys(json)) AS key FROM ${objects}) WHERE key NOT IN (${known}) LIMIT 1`,
  );
  const [row] = unknown.getRows();
  if (row) throw wrong(`No such field: ${row[0]}`);
  const columns = fields.map(({ name }) => `json_extract_string(json, '$."${name}"') AS "${name}"`);
  return `SELECT ${columns.join(', ')} FROM ${objects}`;
}

/** A text of the file as its column's type, NULL when it is none. */
function parsed(field: TableField): string {
  const text = `"${field.name}"`;
  if (field.mode === 'REPEATED') return `TRY_CAST(TRY_CAST(${text} AS JSON) AS ${duckType(field)})`;
  const macro = { INT64: 'safe_int64', BOOL: 'safe_bool', DATE: 'safe_date' }[sqlName(field)];
  if (macro !== undefined) return `${MACRO_CATALOG}.${macro}(${text})`;
  return `TRY_CAST(${text} AS ${duckType(field)})`;
}

/** DuckDB orders and compares NaN as if it were a number; BigQuery does not. */
async function refuseNotANumber(
  connection: DuckDBConnection,
  { fields, values }: Staged,
): Promise<void> {
  const floats = fields.flatMap((field, index) =>
    sqlName(field) === 'FLOAT64' ? [{ name: field.name, value: values[index] }] : [],
  );
  if (floats.length === 0) return;
  const counts = floats.map(({ value }) => `count(CASE WHEN NOT isfinite(${value}) THEN 1 END)`);
  const [row = []] = (
    await connection.runAndReadAll(`SELECT ${counts.join(', ')} FROM _staged`)
  ).getRows();
  const index = row.findIndex((count) => Number(count) > 0);
  if (index < 0) return;
  throw wrong(
    `column ${floats[index]?.name} has ${row[index]} values NaN or infinite, which the local warehouse does not compare as BigQuery does; write NULL`,
  );
}

function mustKnow(fields: readonly TableField[] | null): readonly TableField[] {
  if (fields !== null) return fields;
  throw wrong('a CSV or JSON file needs a schema or an existing table');
}

function wrong(message: string, cause?: unknown): PhasegateError {
  return new PhasegateError('invalid-input', message, cause);
}
