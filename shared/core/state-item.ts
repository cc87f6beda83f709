import type { SqlExpression } from './checks/base.ts';
import type { Question } from './question.ts';

/** An aggregate over the rows of one day, as GoogleSQL. */
export type Measure = string;

export const ROW_COUNT: Measure = 'COUNT(*)';

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

/** Stands between the ids of a list: an id may hold a comma, never a line break. */
export const ID_SEPARATOR = '\n';

/** The distinct ids of a day, of the rows of `where`, as one sorted list: read it with `idsOf`. */
export function distinctIds(
  columns: readonly string[],
  where: SqlExpression | null = null,
): Measure {
  const id = where === null ? joined(columns) : `CASE WHEN (${where}) THEN ${joined(columns)} END`;
  return `STRING_AGG(DISTINCT ${id}, ${quotedText(ID_SEPARATOR)} ORDER BY ${id})`;
}

/** Several columns as one id: `20220101_LAL_BOS/LAL`. NULL when one of them is. */
export function joined(columns: readonly string[]): SqlExpression {
  const quoted = columns.map(quotedColumn);
  return quoted.length === 1 ? (quoted[0] ?? '') : `CONCAT(${quoted.join(", '/', ")})`;
}

export function quotedColumn(column: string): string {
  return `\`${column}\``;
}

/** A text as GoogleSQL writes it, whatever it holds. */
export function quotedText(text: string): string {
  const escaped = text.replaceAll('\\', '\\\\').replaceAll("'", "\\'");
  return `'${escaped.replaceAll('\n', '\\n').replaceAll('\r', '\\r')}'`;
}
