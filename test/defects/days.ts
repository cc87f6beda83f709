import { seasonOf } from '../../shared/core/calendar.ts';
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

/** Those of these days that are in the same season as the day, and after it. */
export function laterInSeason(
  { calendar }: Schedule,
  day: Day,
  days: readonly Day[],
): readonly Day[] {
  const season = seasonOf(calendar, day);
  return days.filter((each) => each > day && seasonOf(calendar, each) === season);
}

/** Those of these days that are in the last season. */
export function lastSeason({ calendar }: Schedule, days: readonly Day[]): readonly Day[] {
  return days.filter((day) => seasonOf(calendar, day) === calendar.seasons.at(-1));
}
