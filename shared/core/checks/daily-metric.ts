import type { Relation } from '../relation.ts';
import { countWhere, type Measure, quotedColumn, ROW_COUNT } from '../state-item.ts';
import type { SqlExpression } from './base.ts';

/**
 * One number a day. Its unit: percent for a share, the column's own for a mean, rows for rows per
 * game. NULLs are in no mean, and count against a share.
 */
export type DailyMetric =
  | Readonly<{ of: 'share'; holds: SqlExpression; where: SqlExpression | null }>
  | Readonly<{ of: 'mean'; column: string; where: SqlExpression | null }>
  | Readonly<{ of: 'rows-per-game' }>;

export function measuresOf(metric: DailyMetric): readonly Measure[] {
  switch (metric.of) {
    case 'share': {
      const { holds, where } = metric;
      return where === null
        ? [countWhere(`(${holds})`), ROW_COUNT]
        : [countWhere(`(${where}) AND (${holds})`), countWhere(`(${where})`)];
    }
    case 'mean': {
      const value = valueWhere(metric.column, metric.where);
      return [`SUM(CAST(${value} AS FLOAT64))`, `COUNT(${value})`];
    }
    case 'rows-per-game':
      return [ROW_COUNT];
  }
}

/** The column on the rows of `where`, NULL on all others. */
export function valueWhere(column: string, where: SqlExpression | null): SqlExpression {
  const quoted = quotedColumn(column);
  return where === null ? quoted : `CASE WHEN (${where}) THEN ${quoted} END`;
}

export function columnsOf(metric: DailyMetric): readonly string[] {
  return metric.of === 'mean' ? [metric.column] : [];
}

export function metricProblems(metric: DailyMetric, relation: Relation): readonly string[] {
  return metric.of === 'mean' ? notANumber(metric.column, relation) : [];
}

/** Nothing where the column is a number, or not declared at all. */
export function notANumber(column: string, { columns }: Relation): readonly string[] {
  const type = columns.find(({ name }) => name === column)?.type;
  return type === undefined || NUMBERS.includes(type)
    ? []
    : [`column ${column} is ${type}; accepted: a column of ${NUMBERS.join(', ')}`];
}

const NUMBERS: readonly string[] = ['INT64', 'FLOAT64', 'NUMERIC'];
