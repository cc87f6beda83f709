import type { Day } from '../core/days.ts';
import type { Pipeline } from '../core/pipeline.ts';
import { sourceNamed } from '../core/pipeline.ts';
import { type Game, type Schedule, scheduleOf } from '../core/schedule.ts';
import type { Row, Warehouse } from '../ports/warehouse.ts';
import { scheduleQuery } from '../sql/schedule-query.ts';

/**
 * Reads the schedule from the first day of `from`'s season: windows look back to it.
 *
 * @throws PhasegateError as the warehouse does; a schedule that could not be read is never an empty one
 */
export async function readSchedule(
  warehouse: Warehouse,
  pipeline: Pipeline,
  from: Day,
  to: Day,
): Promise<Schedule> {
  const { calendar } = pipeline;
  const dayColumn = sourceNamed(pipeline, calendar.schedule)?.dayColumn ?? '';
  const seasonStart = calendar.seasonStarts
    .map(({ start }) => start)
    .filter((start) => start <= from);
  const first = seasonStart.sort().at(-1) ?? from;
  const { rows } = await warehouse.query({
    sql: scheduleQuery(calendar, dayColumn),
    params: {
      from0: { type: 'DATE', value: first },
      to0: { type: 'DATE', value: to },
    },
  });
  return scheduleOf(calendar, rows.map(asGame));
}

function asGame(row: Row): Game {
  return {
    id: String(row.id),
    day: String(row.day) as Day,
    season: Number(row.season),
    type: String(row.type),
    home: String(row.home),
    away: String(row.away),
  };
}
