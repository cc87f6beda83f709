import type { Column } from '../core/column.ts';
import type { Day } from '../core/days.ts';
import type { TableName } from '../core/ids.ts';

/** A value as it leaves the warehouse: INT64 and FLOAT64 are numbers, DATE is `2022-01-31`, TIMESTAMP an ISO instant in UTC. */
export type Cell = string | number | boolean | null;
export type Row = Readonly<Record<string, Cell>>;

/** A named parameter of a statement, written `@name` in the text. Values travel only this way. */
export type Param = Readonly<{
  type: 'STRING' | 'INT64' | 'FLOAT64' | 'BOOL' | 'DATE' | 'TIMESTAMP';
  value: Cell;
}>;

export type Statement = Readonly<{
  /** GoogleSQL; tables as `dataset.table` in backquotes. */
  sql: string;
  params: Readonly<Record<string, Param>>;
}>;

export type JobOptions = Readonly<{
  /** Letters, digits, `-` and `_`. The same id never does its work twice. */
  jobId: string;
  /** Kept with the job; keys and values of lower-case letters, digits, `-` and `_`. */
  labels?: Readonly<Record<string, string>>;
  /** The statement is refused (`invalid-query`) when it would be billed for more than this. */
  maximumBytes?: number;
  /** How long `query` and `write` wait for the job before they throw `pending`; without it, to the end. */
  waitMilliseconds?: number;
}>;

export type QueryResult = Readonly<{
  rows: readonly Row[];
  /** Bytes of the columns and days that the statement refers to. */
  bytesProcessed: number;
  /** What the warehouse charges for: at least 10 MiB a table, in whole MiB; 0 when no table is read. */
  bytesBilled: number;
  jobId: string;
}>;

export type WriteResult = Readonly<{
  jobId: string;
  /** The warehouse's own clock when the statement took its snapshot: what changed later was not read. */
  readAt: string;
  rowsAffected: number;
}>;

/**
 * What the warehouse itself says of one day of one table: its change token. `day` is null for rows
 * without a day, and for the whole of a table that has no days. A day that never had rows has no
 * entry; one whose rows vanished may have an entry of 0 rows.
 */
export type DayState = Readonly<{
  table: TableName;
  day: Day | null;
  rows: number;
  /** Instant of the last change of the day's content, with the warehouse's clock (ISO, milliseconds). */
  changedAt: string;
}>;

/** What a table must look like to exist. */
export type TableShape = Readonly<{
  name: TableName;
  columns: readonly Column[];
  /** The column by whose day the table is partitioned; null for a small table without days. */
  dayColumn: string | null;
  /** Refuse queries that do not say which days they read. */
  requireDayFilter: boolean;
}>;

/** How a table is laid out, whoever made it. */
export type TableLayout = Readonly<{
  /** The column by whose day it is partitioned; null: it is not. */
  dayColumn: string | null;
  requiresDayFilter: boolean;
  /** The warehouse deletes a day so long after it ended; null: never. */
  expiresAfterMs: number | null;
}>;

export type FileToLoad = Readonly<{
  path: string;
  format: 'parquet' | 'csv';
  /** Expected columns; null lets the file's own schema decide (Parquet only). */
  columns: readonly Column[] | null;
}>;

/**
 * BigQuery, or the local server that speaks its protocol: one adapter, the official client.
 *
 * Every method may throw PhasegateError: `invalid-query` when the statement can never run (unknown
 * column, refused construct, over the byte cap), `not-found` for a table or dataset that does not
 * exist, `unavailable` for trouble that a second try may not meet. A view is read like a table and
 * never written to; `dayStates` lists none.
 */
export interface Warehouse {
  /**
   * Runs one SELECT and returns all its rows. Without `jobId` the warehouse chooses one. With a
   * `jobId` and `waitMilliseconds` it throws `pending`, naming the job, when that is still running
   * after so long; the job goes on, and a later call with the same `jobId` attaches to it and returns
   * its result.
   */
  query(statement: Statement, options?: Partial<JobOptions>): Promise<QueryResult>;

  /** Checks a statement without running it: bytes it would read, or `invalid-query`. Free. */
  dryRun(statement: Statement): Promise<Readonly<{ bytesProcessed: number }>>;

  /** Runs one MERGE. Called again with the same `jobId`, returns what the first call did. */
  write(statement: Statement, options: JobOptions): Promise<WriteResult>;

  /** Creates dataset and table where they are missing; never changes an existing table. */
  ensureTable(shape: TableShape): Promise<void>;

  /** The columns a table really has, or null when there is no such table. */
  columnsOf(table: TableName): Promise<readonly Column[] | null>;

  /** How a table is laid out, or null when there is no such table. */
  layoutOf(table: TableName): Promise<TableLayout | null>;

  /** All days of the tables given, from the warehouse's own metadata; reads no table. */
  dayStates(tables: readonly TableName[]): Promise<readonly DayState[]>;

  /** Appends rows in one load job; all or none. Called again with a finished `jobId`, does nothing. */
  append(table: TableName, rows: readonly Row[], options: Pick<JobOptions, 'jobId'>): Promise<void>;

  /** Replaces a whole table (created when missing) by a file's rows; all or none. Returns how many. */
  loadFile(table: TableName, file: FileToLoad): Promise<Readonly<{ rows: number }>>;

  /**
   * Makes `sql`, one SELECT without parameters, the whole definition of the view: dataset and view
   * are created where missing, the query of an existing view is replaced at once. `conflict` when
   * the name is that of a table.
   */
  replaceView(name: TableName, sql: string): Promise<void>;

  /** The text that `replaceView` was last given, comments and all; null when there is no such view. */
  viewSql(name: TableName): Promise<string | null>;

  /** Dropping a table that is not there is fine. */
  dropTable(table: TableName): Promise<void>;
}
