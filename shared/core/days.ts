import { PhasegateError } from './errors.ts';

declare const brand: unique symbol;
export type Branded<Name extends string> = string & { readonly [brand]: Name };

/** A calendar date, `2022-01-31`, without a time zone. Compares correctly as text. */
export type Day = Branded<'Day'>;

const MS_PER_DAY = 86_400_000;
const SHAPE = /^(\d{4})-(\d{2})-(\d{2})$/;

/** @throws PhasegateError `invalid-input` for anything that is not a date of the calendar, 31 February included */
export function parseDay(text: string): Day {
  const [, year, month, date] = SHAPE.exec(text) ?? [];
  const ms = Date.UTC(Number(year), Number(month) - 1, Number(date));
  if (!Number.isFinite(ms) || new Date(ms).toISOString().slice(0, 10) !== text) {
    throw new PhasegateError(
      'invalid-input',
      `${JSON.stringify(text)} is not a date of the calendar; write it as 2022-01-31`,
    );
  }
  return text as Day;
}

/** Days since 1970-01-01. */
export function dayNumber(day: Day): number {
  const known = numbered.get(day);
  if (known !== undefined) return known;
  const number = Date.parse(day) / MS_PER_DAY;
  numbered.set(day, number);
  return number;
}

export function dayOfNumber(number: number): Day {
  const known = written.get(number);
  if (known !== undefined) return known;
  const day = new Date(number * MS_PER_DAY).toISOString().slice(0, 10) as Day;
  written.set(number, day);
  return day;
}

/** Days are read and written thousands of times over, and there are few of them. */
const numbered = new Map<Day, number>();
const written = new Map<number, Day>();

export function addDays(day: Day, count: number): Day {
  return dayOfNumber(dayNumber(day) + count);
}
