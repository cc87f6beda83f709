import type { DaySet, DaySpan } from '../../core/day-set.ts';
import { dayNumber } from '../../core/days.ts';
import { OUTCOMES, type Outcome } from '../../core/outcome.ts';
import type { DayGridRow } from './day-look.ts';

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
  const outcomes: Partial<Record<Outcome, DaySet>> = {};
  for (const outcome of OUTCOMES) {
    const days = row.outcomes[outcome];
    if (days !== undefined) outcomes[outcome] = inRange(days, range);
  }
  return {
    ...row,
    outcomes,
    notDue: inRange(row.notDue, range),
    waived: inRange(row.waived, range),
    excluded: inRange(row.excluded, range),
  };
}

export function lengthOf({ from, to }: DaySpan): number {
  return dayNumber(to) - dayNumber(from) + 1;
}
