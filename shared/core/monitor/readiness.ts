import { type Calendar, expectedDays } from '../calendar.ts';
import {
  countDays,
  type DaySet,
  type DaySpan,
  eachDay,
  hasDay,
  intersect,
  union,
} from '../day-set.ts';
import type { Day } from '../days.ts';
import { type Due, daysDue, dueAt } from '../due.ts';
import type { PhaseName, TableName } from '../ids.ts';
import { formatShare, parsePercent, reaches } from '../percent.ts';
import type { Phase, Pipeline } from '../pipeline.ts';
import type { Instant } from '../run.ts';
import { median } from '../statistics/median.ts';
import { counted } from '../view/counted.ts';
import { howLate } from '../view/how-late.ts';

/** Days of a table that were seen to be good at an instant. */
export type SeenGood = Readonly<{ table: TableName; days: DaySet; at: Instant }>;

/** How often a phase was ready in time: all its tables good by `readyBy`. */
export type Readiness = Readonly<{
  phase: PhaseName;
  readyBy: Due;
  /** Expected days that were due. */
  days: number;
  inTime: number;
  /** By how many milliseconds the days that became good too late were late, in ascending order. */
  late: readonly number[];
  /** Days that are not good yet. */
  never: number;
}>;

const ENOUGH = parsePercent(90);

/** Of each phase that is to be ready by some time, how often it was; a day counts from the first time that each table was seen to be good. */
export function readinessOf(
  pipeline: Pipeline,
  calendar: Calendar,
  seen: readonly SeenGood[],
  range: DaySpan,
  now: Instant,
): readonly Readiness[] {
  const first = firstSeen(seen, range);
  return pipeline.phases.flatMap((phase) => {
    const { name, readyBy } = phase;
    if (readyBy === null) return [];
    const expected = expectedOf(phase, calendar, range);
    const all = union(...expected.values());
    const due = daysDue(readyBy, all, pipeline.timeZone, now);
    const lateness = [...eachDay(due)].map((day) => {
      const tables = [...expected].filter(([, days]) => hasDay(days, day));
      const instants = tables.map(([table]) => first.get(table)?.get(day) ?? null);
      if (instants.includes(null)) return null;
      const ready = Math.max(...instants.map((at) => Date.parse(at ?? '')));
      return ready - dueAt(readyBy, day, pipeline.timeZone);
    });
    const late = lateness.flatMap((by) => (by !== null && by > 0 ? [by] : []));
    const never = lateness.filter((by) => by === null).length;
    const days = countDays(due);
    const inTime = days - late.length - never;
    return [{ phase: name, readyBy, days, inTime, late: late.sort((a, b) => a - b), never }];
  });
}

/** Ready in time on fewer than 90 % of its days; of no day nothing is said. */
export function isTooSeldomReady({ days, inTime }: Readiness): boolean {
  return days > 0 && !reaches(inTime, days, ENOUGH);
}

export function readinessLine({ phase, readyBy, days, inTime, late, never }: Readiness): string {
  const after = readyBy.daysAfter === 1 ? 'the day after' : `${readyBy.daysAfter} days after`;
  const what = `phase ${phase} is to be ready by ${readyBy.at} of ${after}`;
  if (days === 0) return `${what}: no day was due`;
  const middle = median(late);
  const longest = late.at(-1);
  const how =
    typeof middle !== 'number' || longest === undefined
      ? ''
      : `; late by ${howLate(middle)} in the median, ${howLate(longest)} at most`;
  const missing = never === 0 ? '' : `; ${counted(never, 'day')} not good yet`;
  return `${what}: it was on ${formatShare(inTime, days)} days${how}${missing}`;
}

function expectedOf(
  { tables }: Phase,
  calendar: Calendar,
  range: DaySpan,
): ReadonlyMap<TableName, DaySet> {
  return new Map(
    tables.map(({ name, bootstrapDays }) => [name, expectedDays(calendar, [range], bootstrapDays)]),
  );
}

function firstSeen(
  seen: readonly SeenGood[],
  range: DaySpan,
): ReadonlyMap<TableName, ReadonlyMap<Day, Instant>> {
  const first = new Map<TableName, Map<Day, Instant>>();
  for (const { table, days, at } of seen.toSorted((a, b) => (a.at < b.at ? -1 : 1))) {
    const own = first.get(table) ?? new Map<Day, Instant>();
    first.set(table, own);
    for (const day of eachDay(intersect(days, [range]))) {
      if (!own.has(day)) own.set(day, at);
    }
  }
  return first;
}
