import type { SqlExpression } from './checks/base.ts';
import type { TableName } from './ids.ts';

/** An aggregate over the rows of one day, as GoogleSQL. */
export type Measure = string;

export const ROW_COUNT: Measure = 'COUNT(*)';

/**
 * A statement that is asked alone, because its text is a person's own or because it reads more than
 * one relation. It answers, for each day, how many rows could break it and how many do.
 */
export type Question = Readonly<{
  kind: 'sql';
  /** GoogleSQL SELECT of the breaking rows, the relation's day column among its columns. */
  breaks: string;
  /** GoogleSQL SELECT of the day column and `population`, a count of rows; one row a day. */
  population: string;
  /** Relations that it reads beside its own: a change of any day of them asks it again. */
  reads: readonly TableName[];
}>;

/** One thing that is read and kept of each (relation, day). Items of equal names are read once. */
export type StateItem =
  | Readonly<{ kind: 'measure'; sql: Measure }>
  | Readonly<{ kind: 'unique'; columns: readonly string[] }>
  /** One row for each group of a day: its key, then the values, which are numbers. */
  | Readonly<{
      kind: 'groups';
      by: readonly string[];
      where: SqlExpression | null;
      values: readonly Measure[];
    }>
  /** One row a day: no key, the rows that could break it, and those that do. */
  | Readonly<{ kind: 'question'; question: Question }>;

/** Tells items apart: in profiles, in refusals, and hashed in what is stored. */
export type ItemName = string;

export function measure(sql: Measure): StateItem {
  return { kind: 'measure', sql };
}

export function itemName(item: StateItem): ItemName {
  switch (item.kind) {
    case 'measure':
      return item.sql;
    case 'unique':
      return uniqueness(item.columns);
    case 'groups':
      return `groups(${JSON.stringify([item.by, item.where, item.values])})`;
    case 'question':
      return `question(${JSON.stringify(item.question)})`;
  }
}

export function uniqueness(columns: readonly string[]): ItemName {
  return `unique(${columns.join(',')})`;
}

/** Counting what holds, never what breaks: a NULL condition is neither, so it counts against the check. */
export function countWhere(condition: SqlExpression): Measure {
  return `COUNT(CASE WHEN ${condition} THEN 1 END)`;
}

/** The distinct ids of a day as one sorted comma list; ids themselves hold no comma. */
export function distinctIds(columns: readonly string[]): Measure {
  const id = joined(columns);
  return `STRING_AGG(DISTINCT ${id}, ',' ORDER BY ${id})`;
}

/** Several columns as one id: `20220101_LAL_BOS/LAL`. NULL when one of them is. */
export function joined(columns: readonly string[]): SqlExpression {
  const quoted = columns.map(quotedColumn);
  return quoted.length === 1 ? (quoted[0] ?? '') : `CONCAT(${quoted.join(", '/', ")})`;
}

export function quotedColumn(column: string): string {
  return `\`${column}\``;
}

export function quotedText(text: string): string {
  return `'${text.replaceAll('\\', '\\\\').replaceAll("'", "\\'")}'`;
}
