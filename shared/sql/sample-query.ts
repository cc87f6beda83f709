import type { SqlExpression } from '../core/checks/base.ts';
import type { DaySet } from '../core/day-set.ts';
import type { Relation } from '../core/relation.ts';
import { type DayFilter, dayFilter, MAX_SPANS } from './day-filter.ts';
import { quoteColumn, quoteTable } from './quote.ts';

/** Rows that one query of samples returns. */
const SAMPLE_ROWS = 5;

/** The keys of up to five rows of `where` on which `holds` is not true, NULL included, on the first fifty spans of these days. */
export function sampleQuery(
  { name, key, dayColumn }: Pick<Relation, 'name' | 'key' | 'dayColumn'>,
  { where, holds }: Readonly<{ where: SqlExpression | null; holds: SqlExpression }>,
  days: DaySet,
): DayFilter {
  const filter = dayFilter(dayColumn, days.slice(0, MAX_SPANS));
  const columns = sampledColumns({ key, dayColumn }).map(quoteColumn).join(', ');
  return {
    params: filter.params,
    sql: [
      `SELECT ${columns}`,
      `FROM ${quoteTable(name)}`,
      `WHERE (${filter.sql})`,
      ...(where === null ? [] : [`  AND (${where})`]),
      `  AND CASE WHEN (${holds}) THEN FALSE ELSE TRUE END`,
      `ORDER BY ${columns}`,
      `LIMIT ${SAMPLE_ROWS}`,
    ].join('\n'),
  };
}

/** The day, then the rest of the key. */
export function sampledColumns({
  key,
  dayColumn,
}: Pick<Relation, 'key' | 'dayColumn'>): readonly string[] {
  return [dayColumn, ...key.filter((column) => column !== dayColumn)];
}
