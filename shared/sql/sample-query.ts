import type { BreakingRows } from '../core/checks/kind.ts';
import type { DaySet } from '../core/day-set.ts';
import type { Relation } from '../core/relation.ts';
import { type DayFilter, dayFilter, MAX_SPANS } from './day-filter.ts';
import { quoteColumn, quoteTable } from './quote.ts';

/** Rows that one query of samples returns. */
const SAMPLE_ROWS = 5;

/**
 * The keys of up to five rows that break something, on the first fifty spans of these days: those of `where` on which `holds` is
 * not true, NULL included, or those that are there more than once on a day.
 */
export function sampleQuery(
  { name, key, dayColumn }: Pick<Relation, 'name' | 'key' | 'dayColumn'>,
  rows: BreakingRows,
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
      ...breaking(rows, dayColumn),
      `ORDER BY ${columns}`,
      `LIMIT ${SAMPLE_ROWS}`,
    ].join('\n'),
  };
}

function breaking(rows: BreakingRows, dayColumn: string): readonly string[] {
  if ('repeated' in rows) {
    const key = [...new Set([dayColumn, ...rows.repeated])].map(quoteColumn).join(', ');
    return [`QUALIFY COUNT(*) OVER (PARTITION BY ${key}) > 1`];
  }
  return [
    ...(rows.where === null ? [] : [`  AND (${rows.where})`]),
    `  AND CASE WHEN (${rows.holds}) THEN FALSE ELSE TRUE END`,
  ];
}

/** The day, then the rest of the key. */
export function sampledColumns({
  key,
  dayColumn,
}: Pick<Relation, 'key' | 'dayColumn'>): readonly string[] {
  return [dayColumn, ...key.filter((column) => column !== dayColumn)];
}
