import type { Day } from '../../shared/core/days.ts';
import type { Schedule } from '../../shared/core/schedule.ts';

/** As DuckDB takes a list of days. */
export function dates(days: readonly Day[]): string {
  return days.map((day) => `DATE '${day}'`).join(', ');
}

/** The first of these days on which so many games were played. */
export function dayWithGames({ games }: Schedule, days: readonly Day[], atLeast: number): Day {
  const found = days.find((day) => (games.get(day)?.length ?? 0) >= atLeast);
  if (found === undefined) throw new Error(`no day has ${atLeast} games`);
  return found;
}

/** The first of these days on which most games were played. */
export function fullestDay(schedule: Schedule, days: readonly Day[]): Day {
  const most = Math.max(...days.map((day) => schedule.games.get(day)?.length ?? 0));
  return dayWithGames(schedule, days, most);
}
