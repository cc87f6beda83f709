import type { CalendarSpec } from '../core/pipeline.ts';
import { quoteColumn, quoteTable } from './quote.ts';

/** Every final game from `@from0` to `@to0`: `id`, `day`, `season`, `type`, `home`, `away`. */
export function scheduleQuery(spec: CalendarSpec, dayColumn: string): string {
  const columns = {
    id: spec.game,
    day: dayColumn,
    season: spec.season,
    type: spec.seasonType,
    home: spec.home,
    away: spec.away,
  };
  return [
    `SELECT DISTINCT ${Object.entries(columns)
      .map(([as, column]) => `${quoteColumn(column)} AS ${as}`)
      .join(', ')}`,
    `FROM ${quoteTable(spec.schedule)}`,
    `WHERE ${quoteColumn(dayColumn)} BETWEEN @from0 AND @to0 AND (${spec.final})`,
    'ORDER BY day, id',
  ].join('\n');
}
