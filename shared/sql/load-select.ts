import type { Source } from '../core/pipeline.ts';
import { quoteColumn } from './quote.ts';

/** The rows of one load, cut to the days `@from` to `@to` where the source has days. */
export function loadSelect(source: Source, select: string): string {
  if (source.dayColumn === null) return select;
  const day = quoteColumn(source.dayColumn);
  return `SELECT * FROM (\n${select}\n) AS loaded WHERE ${day} BETWEEN @from AND @to`;
}

/** The distinct days of a load. */
export function loadDays(source: Source, select: string): string {
  const day = quoteColumn(source.dayColumn ?? '');
  return `SELECT DISTINCT ${day} AS day FROM (\n${select}\n) AS loaded ORDER BY day`;
}
