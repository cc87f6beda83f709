import type { Cell } from './csv.ts';

/** As DuckDB and the data sets call them. */
export type ColumnType =
  | 'VARCHAR'
  | 'DATE'
  | 'BOOLEAN'
  | 'TINYINT'
  | 'SMALLINT'
  | 'INTEGER'
  | 'BIGINT'
  | 'DOUBLE';

/** A column of a raw table: its name, its type, and its value in a row. */
export type Column<Row> = readonly [name: string, type: ColumnType, value: (row: Row) => Cell];

/** A DOUBLE as text that no reader takes for a whole number. */
export function half(value: number): string {
  return value.toFixed(1);
}
