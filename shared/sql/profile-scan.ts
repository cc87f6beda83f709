import type { DaySet } from '../core/day-set.ts';
import type { Measure } from '../core/measure.ts';
import type { Table } from '../core/pipeline.ts';
import { type DayFilter, dayFilter } from './day-filter.ts';
import { quoteColumn, quoteTable } from './quote.ts';

/** Every measure of a table in one scan: one row a day with `day` and `m0`, `m1`, … in the order given. */
export function profileScan(table: Table, measures: readonly Measure[], days: DaySet): DayFilter {
  const filter = dayFilter(table.dayColumn, days);
  const day = quoteColumn(table.dayColumn);
  const columns = [`${day} AS day`, ...measures.map((measure, index) => `${measure} AS m${index}`)];
  return {
    params: filter.params,
    sql: [
      'SELECT',
      columns.map((column) => `  ${column}`).join(',\n'),
      `FROM ${quoteTable(table.name)}`,
      `WHERE ${filter.sql}`,
      `GROUP BY ${day}`,
    ].join('\n'),
  };
}

/** One row for each day that has them: `day`, and `surplus` rows beyond the first of a key or with a NULL in it. */
export function duplicateScan(table: Table, key: readonly string[], days: DaySet): DayFilter {
  const filter = dayFilter(table.dayColumn, days);
  const day = quoteColumn(table.dayColumn);
  const others = key.filter((column) => column !== table.dayColumn).map(quoteColumn);
  const anyNull = key.map((column) => `${quoteColumn(column)} IS NULL`).join(' OR ');
  return {
    params: filter.params,
    sql: [
      'SELECT day, SUM(surplus) AS surplus',
      'FROM (',
      `  SELECT ${day} AS day, CASE WHEN ${anyNull} THEN COUNT(*) ELSE COUNT(*) - 1 END AS surplus`,
      `  FROM ${quoteTable(table.name)}`,
      `  WHERE ${filter.sql}`,
      `  GROUP BY ${[day, ...others].join(', ')}`,
      ') AS keys',
      'WHERE surplus > 0',
      'GROUP BY day',
    ].join('\n'),
  };
}
