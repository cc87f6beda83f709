import { type DaySet, hasDay, intersect, NO_DAYS, normalize } from './day-set.ts';
import { addDays, type Day, dayNumber } from './days.ts';
import type { Window } from './pipeline.ts';

/** One season of the schedule: its first day, and the days on which something is expected. */
export type Season = Readonly<{
  season: number;
  /** Day 0: bootstrap days are counted from here in calendar days. */
  start: Day;
  /** Days with final games of the wanted season types, minus exclusions. */
  days: DaySet;
  /** Days with games that somebody excluded; no span may run over them. */
  excluded: DaySet;
}>;

/** The expected days of the whole schedule, oldest season first. Independent of every table under test. */
export type Calendar = Readonly<{ seasons: readonly Season[] }>;

export function allDays(calendar: Calendar): DaySet {
  return normalize(calendar.seasons.flatMap((season) => season.days));
}

/** Expected days inside the range of a table that starts `bootstrapDays` days into each season. */
export function expectedDays(calendar: Calendar, range: DaySet, bootstrapDays: number): DaySet {
  return normalize(
    calendar.seasons.flatMap((season) => {
      const first = addDays(season.start, bootstrapDays);
      const last = season.days.at(-1)?.to;
      if (last === undefined || last < first) return [];
      return intersect(intersect(season.days, range), [{ from: first, to: last }]);
    }),
  );
}

/**
 * The days whose rows depend on any of `changed` through this window, `changed` itself included
 * only by `same-day`. Windows never cross a season. `games: N` counts games of one player or team,
 * who may have missed months: so every later day of the season depends on a changed day.
 */
export function daysReading(calendar: Calendar, window: Window, changed: DaySet): DaySet {
  if (window.kind === 'same-day') return changed;
  return normalize(
    calendar.seasons.flatMap((season) => {
      const hit = intersect(season.days, changed);
      const first = hit[0]?.from;
      const last = season.days.at(-1)?.to;
      if (first === undefined || last === undefined) return NO_DAYS;
      if (window.kind === 'games') return later(season.days, first, last);
      const reach = hit.map(({ from, to }) => ({
        from: addDays(from, 1),
        to: addDays(to, window.days),
      }));
      return intersect(season.days, normalize(reach));
    }),
  );
}

/** The days that one launch for `days` reads through this window: the mirror of `daysReading`. */
export function daysRead(calendar: Calendar, window: Window, days: DaySet): DaySet {
  if (window.kind === 'same-day') return days;
  return normalize(
    calendar.seasons.flatMap((season) => {
      const mine = intersect(season.days, days);
      const last = mine.at(-1)?.to;
      const start = season.days[0]?.from;
      if (last === undefined || start === undefined) return NO_DAYS;
      if (window.kind === 'games') {
        return intersect(season.days, [{ from: start, to: addDays(last, -1) }]);
      }
      const reach = mine.map(({ from, to }) => ({
        from: addDays(from, -window.days),
        to: addDays(to, -1),
      }));
      return intersect(season.days, normalize(reach));
    }),
  );
}

/**
 * The same days written with fewer spans: days without any game are bridged, so that a week with
 * a free Thursday reads as one span. Never bridges two seasons or an excluded day.
 */
export function bridge(calendar: Calendar, days: DaySet): DaySet {
  return calendar.seasons.flatMap((season) => {
    const spans: { from: Day; to: Day }[] = [];
    let at = 0;
    for (const { from, to } of intersect(season.days, days)) {
      const before = season.days[at];
      while ((season.days[at]?.to ?? from) < from) at++;
      const last = spans.at(-1);
      const isNext =
        last?.to === before?.to && season.days[at - 1] === before && season.days[at]?.from === from;
      if (last !== undefined && isNext && !excludedBetween(season, last.to, from)) last.to = to;
      else spans.push({ from, to });
    }
    return spans;
  });
}

/** As `bridge`, for people: excluded days are bridged too, because nothing was expected on them. */
export function bridgeForPeople(calendar: Calendar, days: DaySet): DaySet {
  return bridge({ seasons: calendar.seasons.map((each) => ({ ...each, excluded: [] })) }, days);
}

export function seasonOf(calendar: Calendar, day: Day): Season | undefined {
  return calendar.seasons.find((season) => hasDay(season.days, day));
}

function later(days: DaySet, after: Day, last: Day): DaySet {
  return after >= last ? NO_DAYS : intersect(days, [{ from: addDays(after, 1), to: last }]);
}

function excludedBetween(season: Season, from: Day, to: Day): boolean {
  if (dayNumber(to) - dayNumber(from) < 2) return false;
  return intersect(season.excluded, [{ from, to }]).length > 0;
}
