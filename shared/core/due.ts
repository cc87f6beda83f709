import { type DaySet, intersect, isEmpty, NO_DAYS, subtract } from './day-set.ts';
import { addDays, type Day } from './days.ts';
import { dayAt, instantAt } from './time-zone.ts';

/** By when a day must be there: so many days later, when clocks of the pipeline's zone show `at`. */
export type Due = Readonly<{
  daysAfter: number;
  /** `HH:MM` */
  at: string;
}>;

/** A day is over, and nothing more is known of when its data come. */
export const WHEN_OVER: Due = { daysAfter: 1, at: '00:00' };

/** The instant at which this day is due, in milliseconds since 1970. */
export function dueAt({ daysAfter, at }: Due, day: Day, timeZone: string): number {
  return instantAt(addDays(day, daysAfter), at, timeZone);
}

/** Those of the days that are due at this instant. */
export function daysDue(due: Due, days: DaySet, timeZone: string, now: string): DaySet {
  const first = days[0]?.from;
  const today = addDays(dayAt(now, timeZone), -due.daysAfter);
  const last = dueAt(due, today, timeZone) <= Date.parse(now) ? today : addDays(today, -1);
  return first === undefined || last < first
    ? NO_DAYS
    : intersect(days, [{ from: first, to: last }]);
}

/**
 * Expected days that nobody can blame: without a row, and not due yet. What has rows is judged whenever it came.
 *
 * @param due null: every day is due at once
 * @param filled days with rows
 */
export function notDueYet(
  due: Due | null,
  expected: DaySet,
  filled: DaySet,
  timeZone: string,
  now: string,
): DaySet {
  if (due === null || isEmpty(expected)) return NO_DAYS;
  return subtract(subtract(expected, filled), daysDue(due, expected, timeZone, now));
}
