import type { SqlExpression } from './checks/base.ts';
import type { Day } from './days.ts';
import type { TableName } from './ids.ts';

/** A person's own assertion. Both texts see the asked days as `@from0` and `@to0`. */
export type SqlQuestion = Readonly<{
  kind: 'sql';
  /** GoogleSQL SELECT of the breaking rows, the relation's day column among its columns. */
  breaks: string;
  /** GoogleSQL SELECT of the day column and `population`, a count of rows. */
  population: string;
  /** Relations that it reads beside its own: a change of any day of them asks it again. */
  reads: readonly TableName[];
}>;

/** How far back a feature looks from its day, the day excluded, within the season. */
export type LookBack =
  | Readonly<{ kind: 'games'; games: number }>
  | Readonly<{ kind: 'days'; days: number }>
  | Readonly<{ kind: 'season' }>;

export const AGGREGATES = ['AVG', 'SUM', 'COUNT', 'STDDEV_SAMP', 'MAX'] as const;

/** What a column should hold if it was computed from nothing but the rows of an upstream relation before its day. */
export type PointInTimeQuestion = Readonly<{
  kind: 'point-in-time';
  column: string;
  /** The rows that are asked about; null for all. */
  where: SqlExpression | null;
  of: TableName;
  /** The upstream relation's day column. */
  ofDay: string;
  ofWhere: SqlExpression | null;
  /** Columns that both relations have: rows of equal values belong together. */
  match: readonly string[];
  value: SqlExpression;
  aggregate: (typeof AGGREGATES)[number];
  lookBack: LookBack;
  tolerance: number;
  /** First days of the seasons, the oldest first. */
  seasonStarts: readonly Day[];
  /** The upstream relation: a change of any day of it asks again. */
  reads: readonly TableName[];
}>;

/**
 * A statement that is asked alone, because its text is a person's own or because it reads more than
 * one relation. It answers, for each day, how many rows could break it and how many do.
 */
export type Question = SqlQuestion | PointInTimeQuestion;
