import { addDays, type Day, dayNumber, dayOfNumber, parseDay } from './days.ts';
import { PhasegateError } from './errors.ts';

/** All days from `from` to `to`, both included. */
export type DaySpan = Readonly<{ from: Day; to: Day }>;

/** A set of days as spans: sorted, disjoint, never touching. Grows with its holes, not with its days. */
export type DaySet = readonly DaySpan[];

export const NO_DAYS: DaySet = [];

export function daySetOf(days: Iterable<Day>): DaySet {
  return normalize([...days].map((day) => ({ from: day, to: day })));
}

export function normalize(spans: Iterable<DaySpan>): DaySet {
  const sorted = [...spans].sort((a, b) => (a.from < b.from ? -1 : a.from > b.from ? 1 : 0));
  const merged: { from: Day; to: Day }[] = [];
  for (const { from, to } of sorted) {
    const last = merged.at(-1);
    const isNext = last !== undefined && (from <= last.to || from === addDays(last.to, 1));
    if (isNext) {
      if (to > last.to) last.to = to;
    } else {
      merged.push({ from, to });
    }
  }
  return merged;
}

export function union(...sets: readonly DaySet[]): DaySet {
  const filled = sets.filter((set) => !isEmpty(set));
  const [only = NO_DAYS] = filled;
  return filled.length < 2 ? only : normalize(filled.flat());
}

export function intersect(a: DaySet, b: DaySet): DaySet {
  const both: DaySpan[] = [];
  let i = 0;
  let j = 0;
  while (i < a.length && j < b.length) {
    const left = a[i]!;
    const right = b[j]!;
    const from = left.from > right.from ? left.from : right.from;
    const to = left.to < right.to ? left.to : right.to;
    if (from <= to) both.push({ from, to });
    if (left.to < right.to) i++;
    else j++;
  }
  return both;
}

export function subtract(a: DaySet, b: DaySet): DaySet {
  const left: DaySpan[] = [];
  let next = 0;
  for (const span of a) {
    let from = span.from;
    while (next < b.length && b[next]!.to < from) next++;
    for (let at = next; at < b.length && b[at]!.from <= span.to; at++) {
      const hole = b[at]!;
      if (hole.from > from) left.push({ from, to: addDays(hole.from, -1) });
      from = addDays(hole.to, 1);
    }
    if (from <= span.to) left.push({ from, to: span.to });
  }
  return left;
}

export function hasDay(set: DaySet, day: Day): boolean {
  return set.some((span) => span.from <= day && day <= span.to);
}

export function isEmpty(set: DaySet): boolean {
  return set.length === 0;
}

export function countDays(set: DaySet): number {
  let count = 0;
  for (const { from, to } of set) count += from === to ? 1 : dayNumber(to) - dayNumber(from) + 1;
  return count;
}

/** Every day, in order. */
export function* eachDay(set: DaySet): Generator<Day> {
  for (const { from, to } of set) {
    for (let n = dayNumber(from); n <= dayNumber(to); n++) yield dayOfNumber(n);
  }
}

/** `a..b` for each span, as every report and message writes day sets. */
export function formatDaySet(set: DaySet): string[] {
  return set.map(({ from, to }) => `${from}..${to}`);
}

/** Reads `2022-01-07`, `2022-01-07..2022-04-10` and comma lists of both. */
export function parseDaySet(text: string): DaySet {
  const spans = text.split(',').map((part) => {
    const [from = '', to = from, ...rest] = part.trim().split('..');
    const span = { from: parseDay(from), to: parseDay(to) };
    if (rest.length > 0 || span.to < span.from) {
      throw new PhasegateError('invalid-input', `${JSON.stringify(part)} is not a day or a..b`);
    }
    return span;
  });
  return normalize(spans);
}
