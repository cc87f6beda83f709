/** The column types we write and read, as GoogleSQL names them. */
export const COLUMN_TYPES = [
  'STRING',
  'INT64',
  'FLOAT64',
  'NUMERIC',
  'BOOL',
  'DATE',
  'DATETIME',
  'TIMESTAMP',
  'JSON',
  'ARRAY<STRING>',
] as const;
export type ColumnType = (typeof COLUMN_TYPES)[number];

export type Column = Readonly<{ name: string; type: ColumnType; required: boolean }>;
