import { addDays, type Day, dayNumber, parseDay } from '../core/days.ts';

const NAMES = ['Sunday', 'Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday', 'Saturday'];

/** Sunday is 0, Saturday 6. */
export function weekdayOf(day: Day): number {
  return (dayNumber(day) + 4) % 7;
}

export function weekdayName(day: Day): string {
  return NAMES[weekdayOf(day)]!;
}

/** The Sunday of the exhibition game: the third of February. */
export function allStarSunday(seasonYear: number): Day {
  return nthWeekday(seasonYear + 1, '02', 0, 3);
}

/**
 * Days on which nobody plays: Thanksgiving, 24 December, the first Monday of April, and the six
 * days around the all-star game.
 */
export function isOffDay(seasonYear: number, day: Day): boolean {
  const sunday = allStarSunday(seasonYear);
  return (
    day === nthWeekday(seasonYear, '11', 4, 4) ||
    day === `${seasonYear}-12-24` ||
    day === nthWeekday(seasonYear + 1, '04', 1, 1) ||
    (addDays(sunday, -2) <= day && day <= addDays(sunday, 3))
  );
}

/** The day itself, or the next one on which games may be played. */
export function playableFrom(seasonYear: number, day: Day): Day {
  return isOffDay(seasonYear, day) ? playableFrom(seasonYear, addDays(day, 1)) : day;
}

function nthWeekday(year: number, month: string, weekday: number, nth: number): Day {
  const first = parseDay(`${year}-${month}-01`);
  return addDays(first, ((weekday - weekdayOf(first) + 7) % 7) + 7 * (nth - 1));
}
