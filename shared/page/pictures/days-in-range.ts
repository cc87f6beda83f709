import type { DaySet, DaySpan } from '../../core/day-set.ts';
import { dayNumber } from '../../core/days.ts';
import { type DayGridRow, kindsOfDays } from './day-look.ts';

/** The days inside the range; the same value where all of them are. */
export function inRange(days: DaySet, { from, to }: DaySpan): DaySet {
  const first = days[0];
  const last = days.at(-1);
  if (first === undefined || last === undefined) return days;
  if (first.from >= from && last.to <= to) return days;
  return days
    .filter((span) => span.to >= from && span.from <= to)
    .map((span) => ({
      from: span.from > from ? span.from : from,
      to: span.to < to ? span.to : to,
    }));
}

/** A row with nothing outside the range. */
export function rowInRange(row: DayGridRow, range: DaySpan): DayGridRow {
  const outcomes = Object.entries(row.outcomes).map(
    ([outcome, days]) => [outcome, inRange(days, range)] as const,
  );
  return {
    ...row,
    outcomes: Object.fromEntries(outcomes),
    notDue: inRange(row.notDue, range),
    waived: inRange(row.waived, range),
    excluded: inRange(row.excluded, range),
  };
}

export function lengthOf({ from, to }: DaySpan): number {
  return dayNumber(to) - dayNumber(from) + 1;
}

/** Those kinds of day that a row has. */
export function kindsIn(rows: readonly DayGridRow[]) {
  return new Set(rows.flatMap((row) => kindsOfDays(row).map(([kind]) => kind)));
}
