import {
  DuckDBBlobValue,
  DuckDBDecimalValue,
  DuckDBListValue,
  DuckDBStructValue,
  DuckDBTimestampTZValue,
  type DuckDBValue,
} from '@duckdb/node-api';
import { PhasegateError } from '../../../core/errors.ts';
import type { TableField } from './types.ts';

export type WireCell = Readonly<{ v: unknown }>;
export type WireRow = Readonly<{ f: readonly WireCell[] }>;

const INT64_MIN = -(2n ** 63n);
const INT64_MAX = 2n ** 63n - 1n;

export function encodeRow(fields: readonly TableField[], row: readonly DuckDBValue[]): WireRow {
  return { f: fields.map((field, index) => ({ v: encode(field, row[index] ?? null) })) };
}

/** One value as BigQuery sends it: every scalar is text, TIMESTAMP counts microseconds. */
function encode(field: TableField, value: DuckDBValue): unknown {
  if (field.mode === 'REPEATED') return encodeList(field, value);
  if (value === null) return null;
  if (value instanceof DuckDBStructValue) {
    return {
      f: (field.fields ?? []).map((inner) => ({
        v: encode(inner, value.entries[inner.name] ?? null),
      })),
    };
  }
  if (value instanceof DuckDBTimestampTZValue) return String(value.micros);
  if (value instanceof DuckDBBlobValue) return Buffer.from(value.bytes).toString('base64');
  if (value instanceof DuckDBDecimalValue)
    return String(value)
      .replace(/(\.\d*?)0+$/, '$1')
      .replace(/\.$/, '');
  if (typeof value === 'bigint' && (value < INT64_MIN || value > INT64_MAX)) {
    throw new PhasegateError('invalid-query', `int64 overflow in column ${field.name}: ${value}`);
  }
  if (typeof value === 'number' && !Number.isFinite(value)) {
    throw new PhasegateError('invalid-query', `double overflow in column ${field.name}: ${value}`);
  }
  return field.type === 'DATETIME' ? String(value).replace(' ', 'T') : String(value);
}

function encodeList(field: TableField, value: DuckDBValue): readonly WireCell[] {
  const items = value instanceof DuckDBListValue ? value.items : [];
  return items.map((item) => {
    if (item === null) {
      throw new PhasegateError('invalid-query', `Array cannot have a null element: ${field.name}`);
    }
    return { v: encode({ ...field, mode: 'NULLABLE' }, item) };
  });
}
