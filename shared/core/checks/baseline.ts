import { expectedDays } from '../calendar.ts';
import {
  type DaySet,
  type DaySpan,
  daySetOf,
  eachDay,
  intersect,
  isEmpty,
  NO_DAYS,
  subtract,
  union,
} from '../day-set.ts';
import type { Day } from '../days.ts';
import type { CalendarSpec, Pipeline } from '../pipeline.ts';
import { longEnough, type OverDays } from './day-series.ts';
import type { ExpectedOf } from './kind.ts';

/**
 * What the judged days are compared with: the season before as a whole, its days of the same number (the n-th
 * expected day of the season before), or a fixed span of days.
 */
export type Baseline =
  | Readonly<{ of: 'last-season' | 'same-days-last-season' }>
  | Readonly<{ of: 'days'; days: DaySpan }>;

export type AgainstBaseline = OverDays &
  Readonly<{
    baseline: Baseline;
    /** The first season for which a baseline is promised; null: every season. */
    sinceSeason: number | null;
  }>;

/** One window and what it is compared with. */
export type Comparison = Readonly<{
  /** What is compared, as a person would call it: `season 2022 with season 2021`. */
  name: string;
  now: DaySet;
  /** Null when no season before it is declared. */
  before: DaySet | null;
}>;

/**
 * The days of which a comparison is promised: seasons from `sinceSeason` on with enough days among these, and
 * of a fixed baseline only what comes after it.
 */
export function promisedAgainst(check: AgainstBaseline, place: ExpectedOf, days: DaySet): DaySet {
  const { baseline, sinceSeason } = check;
  const promised = place.schedule.calendar.seasons
    .filter(({ season }) => sinceSeason === null || season >= sinceSeason)
    .map((season) => intersect(season.days, days));
  if (baseline.of !== 'days') return union(...promised.map((own) => longEnough(check, own)));
  const { to } = baseline.days;
  const last = days.at(-1)?.to ?? to;
  const upToIt =
    days[0] === undefined || days[0].from > to ? NO_DAYS : [{ from: days[0].from, to }];
  return last <= to ? NO_DAYS : longEnough(check, subtract(union(...promised), upToIt));
}

export function comparisonsOf(
  { baseline }: AgainstBaseline,
  place: ExpectedOf,
  days: DaySet,
): readonly Comparison[] {
  const { schedule, table } = place;
  const expected = (span: DaySet) => expectedDays(schedule.calendar, span, table.bootstrapDays);
  if (baseline.of === 'days') {
    const { from, to } = baseline.days;
    return [{ name: `with ${from}..${to}`, now: days, before: expected([baseline.days]) }];
  }
  return schedule.calendar.seasons.flatMap((season): Comparison[] => {
    const now = intersect(season.days, days);
    if (isEmpty(now)) return [];
    const earlier = schedule.seasonStarts
      .filter((each) => each.season < season.season)
      .reduce((last, each) => Math.max(last, each.season), Number.NEGATIVE_INFINITY);
    if (earlier === Number.NEGATIVE_INFINITY) {
      return [{ name: `season ${season.season}`, now, before: null }];
    }
    const there = schedule.calendar.seasons.find((each) => each.season === earlier);
    const all = expected(there?.days ?? NO_DAYS);
    const before =
      baseline.of === 'last-season' ? all : sameNumbers(expected(season.days), now, all);
    return [{ name: `season ${season.season} with season ${earlier}`, now, before }];
  });
}

/** The days that these are compared with. */
export function baselineDays(check: AgainstBaseline, place: ExpectedOf, days: DaySet): DaySet {
  const promised = promisedAgainst(check, place, days);
  return union(...comparisonsOf(check, place, promised).map(({ before }) => before ?? NO_DAYS));
}

/** The first day whose schedule must be known to compare days from `from` on. */
export function baselineStart(
  { baseline }: AgainstBaseline,
  { seasonStarts }: CalendarSpec,
  from: Day,
): Day {
  const until = baseline.of === 'days' ? baseline.days.from : from;
  const starts = seasonStarts.map(({ start }) => start).filter((start) => start <= until);
  return starts.sort().at(baseline.of === 'days' ? -1 : -2) ?? until;
}

export function baselineProblems(
  { baseline, sinceSeason }: AgainstBaseline,
  { calendar }: Pipeline,
): readonly string[] {
  const seasons = calendar.seasonStarts.map(({ season }) => season).sort((a, b) => a - b);
  const known = `calendar.seasonStarts has ${seasons.join(', ')}`;
  if (sinceSeason !== null && !seasons.includes(sinceSeason)) {
    return [`sinceSeason is ${sinceSeason}; ${known}`];
  }
  if (baseline.of !== 'days') {
    return sinceSeason !== null && sinceSeason === seasons[0]
      ? [`sinceSeason is ${sinceSeason}, and no season before it is declared; ${known}`]
      : [];
  }
  const { from, to } = baseline.days;
  return calendar.seasonStarts.some(({ start }) => start <= to)
    ? []
    : [`its baseline ${from}..${to} lies before every season; ${known}`];
}

/** The n-th of `earlier` for each day of `some` that is the n-th of `all`. */
function sameNumbers(all: DaySet, some: DaySet, earlier: DaySet): DaySet {
  const wanted = new Set(eachDay(some));
  const numbers = [...eachDay(all)].flatMap((day, number) => (wanted.has(day) ? [number] : []));
  const others = [...eachDay(earlier)];
  return daySetOf(numbers.flatMap((number) => others[number] ?? []));
}
