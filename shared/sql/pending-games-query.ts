import type { CalendarSpec } from '../core/pipeline.ts';
import { quoteColumn, quoteTable } from './quote.ts';

/** Games of each `type` from `@from0` to `@to0` that were neither played to their end nor called off: `day`, `type`, `games`. */
export function pendingGamesQuery(spec: CalendarSpec, dayColumn: string): string {
  const over = [spec.final, ...(spec.calledOff === null ? [] : [spec.calledOff])];
  const day = quoteColumn(dayColumn);
  const type = quoteColumn(spec.seasonType);
  return [
    `SELECT ${day} AS day, ${type} AS type, COUNT(DISTINCT ${quoteColumn(spec.game)}) AS games`,
    `FROM ${quoteTable(spec.schedule)}`,
    `WHERE ${day} BETWEEN @from0 AND @to0`,
    ...over.map((each) => `  AND NOT COALESCE((${each}), FALSE)`),
    `GROUP BY ${day}, ${type}`,
    'ORDER BY day, type',
  ].join('\n');
}
