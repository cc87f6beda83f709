import type { DuckDBType } from '@duckdb/node-api';
import { DuckDBTypeId } from '@duckdb/node-api';
import { z } from 'zod';
import { PhasegateError } from '../../../core/errors.ts';

/** A column as BigQuery's REST interface describes it. */
export type TableField = Readonly<{
  name: string;
  type: string;
  mode?: string | undefined;
  fields?: readonly TableField[] | undefined;
}>;

export const tableField: z.ZodType<TableField> = z.object({
  name: z.string().regex(/^[A-Za-z_]\w{0,299}$/, 'is not a column name'),
  type: z.string().transform((type) => type.toUpperCase()),
  mode: z.string().optional(),
  fields: z.array(z.lazy(() => tableField)).optional(),
});

const TO_DUCK: Readonly<Record<string, string>> = {
  STRING: 'VARCHAR',
  INT64: 'BIGINT',
  INTEGER: 'BIGINT',
  FLOAT64: 'DOUBLE',
  FLOAT: 'DOUBLE',
  BOOL: 'BOOLEAN',
  BOOLEAN: 'BOOLEAN',
  BYTES: 'BLOB',
  NUMERIC: 'DECIMAL(38,9)',
  DATE: 'DATE',
  DATETIME: 'TIMESTAMP',
  TIMESTAMP: 'TIMESTAMPTZ',
  TIME: 'TIME',
  JSON: 'JSON',
};

const FROM_DUCK: ReadonlyMap<DuckDBTypeId, string> = new Map([
  [DuckDBTypeId.BIGINT, 'INTEGER'],
  [DuckDBTypeId.HUGEINT, 'INTEGER'],
  [DuckDBTypeId.INTEGER, 'INTEGER'],
  [DuckDBTypeId.SMALLINT, 'INTEGER'],
  [DuckDBTypeId.TINYINT, 'INTEGER'],
  [DuckDBTypeId.UBIGINT, 'INTEGER'],
  [DuckDBTypeId.UINTEGER, 'INTEGER'],
  [DuckDBTypeId.USMALLINT, 'INTEGER'],
  [DuckDBTypeId.UTINYINT, 'INTEGER'],
  [DuckDBTypeId.SQLNULL, 'INTEGER'],
  [DuckDBTypeId.DOUBLE, 'FLOAT'],
  [DuckDBTypeId.FLOAT, 'FLOAT'],
  [DuckDBTypeId.BOOLEAN, 'BOOLEAN'],
  [DuckDBTypeId.DATE, 'DATE'],
  [DuckDBTypeId.TIMESTAMP, 'DATETIME'],
  [DuckDBTypeId.TIMESTAMP_MS, 'DATETIME'],
  [DuckDBTypeId.TIMESTAMP_NS, 'DATETIME'],
  [DuckDBTypeId.TIMESTAMP_S, 'DATETIME'],
  [DuckDBTypeId.TIMESTAMP_TZ, 'TIMESTAMP'],
  [DuckDBTypeId.DECIMAL, 'NUMERIC'],
  [DuckDBTypeId.BLOB, 'BYTES'],
  [DuckDBTypeId.TIME, 'TIME'],
  [DuckDBTypeId.VARCHAR, 'STRING'],
  [DuckDBTypeId.ENUM, 'STRING'],
  [DuckDBTypeId.UUID, 'STRING'],
]);

/** DuckDB's type for a column described by BigQuery. */
export function duckType(field: TableField): string {
  const scalar =
    field.type === 'RECORD' || field.type === 'STRUCT'
      ? `STRUCT(${(field.fields ?? []).map((inner) => `"${inner.name}" ${duckType(inner)}`).join(', ')})`
      : TO_DUCK[field.type];
  if (scalar === undefined) {
    throw new PhasegateError(
      'invalid-input',
      `column ${field.name}: the local warehouse has no type ${field.type}`,
    );
  }
  return field.mode === 'REPEATED' ? `${scalar}[]` : scalar;
}

/** BigQuery's description of a DuckDB column. */
export function fieldOf(name: string, type: DuckDBType): TableField {
  if (type.typeId === DuckDBTypeId.LIST) {
    return { ...fieldOf(name, type.valueType), mode: 'REPEATED' };
  }
  if (type.typeId === DuckDBTypeId.STRUCT) {
    const fields = type.entryNames.map((entry, index) =>
      fieldOf(entry, type.entryTypes[index] ?? type),
    );
    return { name, type: 'RECORD', mode: 'NULLABLE', fields };
  }
  const known = type.alias === 'JSON' ? 'JSON' : FROM_DUCK.get(type.typeId);
  if (known === undefined) {
    throw new PhasegateError('invalid-query', `column ${name}: BigQuery has no type like ${type}`);
  }
  return { name, type: known, mode: 'NULLABLE' };
}

/** GoogleSQL's spelling of a wire type, for messages and comparisons. */
export function sqlName(field: TableField): string {
  const name = { INTEGER: 'INT64', FLOAT: 'FLOAT64', BOOLEAN: 'BOOL', RECORD: 'STRUCT' }[
    field.type
  ];
  return field.mode === 'REPEATED' ? `ARRAY<${name ?? field.type}>` : (name ?? field.type);
}

/** Whether GoogleSQL assigns a value of one type to a column of another without being told. */
export function isAssignable(from: TableField, to: TableField): boolean {
  const pair = `${sqlName(from)} ${sqlName(to)}`;
  return (
    sqlName(from) === sqlName(to) ||
    ['INT64 FLOAT64', 'INT64 NUMERIC', 'NUMERIC FLOAT64', 'DATE DATETIME'].includes(pair)
  );
}

const BYTES: Readonly<Record<string, number>> = { BOOL: 1, NUMERIC: 16, STRING: 14, JSON: 64 };

/** BigQuery's published size of one value; a text counts as two bytes and twelve characters. */
export function bytesOfOneValue(field: TableField): number {
  if (field.mode === 'REPEATED') return 4 * bytesOfOneValue({ ...field, mode: 'NULLABLE' });
  if (field.fields) return field.fields.reduce((sum, inner) => sum + bytesOfOneValue(inner), 0);
  return BYTES[sqlName(field)] ?? 8;
}
