import { kindOf } from '../core/checks/kinds.ts';
import type { Day } from '../core/days.ts';
import type { Pipeline } from '../core/pipeline.ts';
import { sourceNamed } from '../core/pipeline.ts';
import type { Relation } from '../core/relation.ts';
import { type Game, type Schedule, scheduleOf } from '../core/schedule.ts';
import type { Row, Statement } from '../ports/warehouse.ts';
import { scheduleQuery } from '../sql/schedule-query.ts';

/**
 * Reads the schedule from the first day of `from`'s season, because windows look back to it; from
 * further back where a check compares with earlier days.
 *
 * @throws PhasegateError as the warehouse does; a schedule that could not be read is never an empty one
 */
export async function readSchedule(
  ask: (statement: Statement) => Promise<readonly Row[]>,
  pipeline: Pipeline,
  relations: readonly Relation[],
  from: Day,
  to: Day,
): Promise<Schedule> {
  const { calendar } = pipeline;
  const dayColumn = sourceNamed(pipeline, calendar.schedule)?.dayColumn ?? '';
  const starts = calendar.seasonStarts.map(({ start }) => start).filter((start) => start <= from);
  const wanted = relations.flatMap(({ checks }) =>
    checks.flatMap((check) => kindOf(check).looksBackTo?.(check, calendar, from) ?? []),
  );
  const first = [starts.sort().at(-1) ?? from, ...wanted].sort()[0]!;
  const statement = {
    sql: scheduleQuery(calendar, dayColumn),
    params: {
      from0: { type: 'DATE', value: first },
      to0: { type: 'DATE', value: to },
    },
  } as const;
  const rows = await ask(statement);
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
