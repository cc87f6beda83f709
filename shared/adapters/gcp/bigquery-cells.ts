import { z } from 'zod';
import type { Column, ColumnType } from '../../core/column.ts';
import { PhasegateError } from '../../core/errors.ts';
import type { Cell, Row } from '../../ports/warehouse.ts';

export const tableField = z.object({
  name: z.string(),
  type: z.string().transform((type) => type.toUpperCase()),
  mode: z.string().default('NULLABLE'),
});
export type TableField = z.output<typeof tableField>;

const wireRow = z.object({ f: z.array(z.object({ v: z.unknown() })) });

const COLUMN_TYPE: Readonly<Record<string, ColumnType>> = {
  STRING: 'STRING',
  INTEGER: 'INT64',
  INT64: 'INT64',
  FLOAT: 'FLOAT64',
  FLOAT64: 'FLOAT64',
  NUMERIC: 'NUMERIC',
  BOOLEAN: 'BOOL',
  BOOL: 'BOOL',
  DATE: 'DATE',
  DATETIME: 'DATETIME',
  TIMESTAMP: 'TIMESTAMP',
  JSON: 'JSON',
};

/** The column as we name it; null for a type that we neither read nor write. */
export function columnOf({ name, type, mode }: TableField): Column | null {
  const scalar = COLUMN_TYPE[type];
  if (mode === 'REPEATED') {
    return scalar === 'STRING' ? { name, type: 'ARRAY<STRING>', required: false } : null;
  }
  return scalar === undefined ? null : { name, type: scalar, required: mode === 'REQUIRED' };
}

/** BigQuery's description of a column of ours. */
export function fieldOf({ name, type, required }: Column) {
  if (type === 'ARRAY<STRING>') return { name, type: 'STRING', mode: 'REPEATED' };
  return { name, type, mode: required ? 'REQUIRED' : 'NULLABLE' };
}

/** @throws PhasegateError `invalid-query` for a value that no cell can hold */
export function rowOf(fields: readonly TableField[], row: unknown): Row {
  const { f } = wireRow.parse(row);
  return Object.fromEntries(fields.map((field, index) => [field.name, cellOf(field, f[index]?.v)]));
}

function cellOf(field: TableField, value: unknown): Cell {
  if (field.mode === 'REPEATED' || field.type === 'RECORD') {
    throw new PhasegateError(
      'invalid-query',
      `column ${field.name} is an ARRAY or STRUCT; select TO_JSON_STRING(${field.name})`,
    );
  }
  if (value === null || value === undefined) return null;
  const text = String(value);
  switch (COLUMN_TYPE[field.type]) {
    case 'INT64':
      return exactNumber(field.name, text);
    case 'FLOAT64':
    case 'NUMERIC':
      return Number(text);
    case 'BOOL':
      return text === 'true';
    case 'TIMESTAMP':
      return new Date(Number(BigInt(text) / 1000n)).toISOString();
    default:
      return text;
  }
}

function exactNumber(column: string, text: string): number {
  const number = Number(text);
  if (Number.isSafeInteger(number)) return number;
  throw new PhasegateError(
    'invalid-query',
    `column ${column}: ${text} is beyond the exact integers; select it as STRING`,
  );
}
