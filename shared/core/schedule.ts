import type { Calendar, Season } from './calendar.ts';
import { daySetOf, hasDay } from './day-set.ts';
import type { Day } from './days.ts';
import { PhasegateError } from './errors.ts';
import type { CalendarSpec } from './pipeline.ts';

/** A game that was played to its end, as the schedule tells it. */
export type Game = Readonly<{
  id: string;
  day: Day;
  season: number;
  type: string;
  home: string;
  away: string;
}>;

/** Final games that are not expected, and why. */
export type LeftOut = Readonly<{
  reason: string;
  games: number;
  byDay: readonly Readonly<{ day: Day; games: number }>[];
}>;

/** The games that count, by day, and how many were left out for which reason. */
export type Schedule = Readonly<{
  calendar: Calendar;
  games: ReadonlyMap<Day, readonly Game[]>;
  /** Every team with a counted game, by season. */
  teams: ReadonlyMap<number, ReadonlySet<string>>;
  /** Every declared season, those without a game in the part that was read too. */
  seasonStarts: CalendarSpec['seasonStarts'];
  leftOut: readonly LeftOut[];
  /** The last day with a final game of any kind in the part that was read: nothing is expected after it. Null without any. */
  reaches: Day | null;
}>;

/**
 * Final games → what is expected: the denominator of every coverage, independent of any table under
 * test.
 *
 * @throws PhasegateError `invalid-input` for a season whose start the pipeline does not know, or a game that is there twice
 */
export function scheduleOf(spec: CalendarSpec, finals: readonly Game[]): Schedule {
  const games = new Map<Day, Game[]>();
  const teams = new Map<number, Set<string>>();
  const leftOut = new Map<string, Map<Day, number>>();
  const excludedDays = new Map<number, Day[]>();
  const dayOfGame = new Map<string, Day>();
  for (const game of finals) {
    const other = dayOfGame.get(game.id);
    if (other !== undefined) {
      throw new PhasegateError(
        'invalid-input',
        `the schedule has game ${game.id} twice, on ${other} and on ${game.day}; nothing can be expected from it`,
      );
    }
    dayOfGame.set(game.id, game.day);
    const reason = whyNot(spec, game);
    if (reason !== null) {
      const byDay = entry(leftOut, reason, () => new Map<Day, number>());
      byDay.set(game.day, (byDay.get(game.day) ?? 0) + 1);
      entry(excludedDays, game.season, () => []).push(game.day);
      continue;
    }
    entry(games, game.day, () => []).push(game);
    const seasonTeams = entry(teams, game.season, () => new Set<string>());
    seasonTeams.add(game.home).add(game.away);
  }
  const seasons = [...teams.keys()]
    .sort((a, b) => a - b)
    .map((season): Season => {
      const days = [...games].filter(([, all]) => all.some((game) => game.season === season));
      const expected = daySetOf(days.map(([day]) => day));
      const excluded = (excludedDays.get(season) ?? []).filter((day) => !games.has(day));
      return {
        season,
        start: startOf(spec, season),
        days: expected,
        excluded: daySetOf(excluded),
      };
    });
  return {
    calendar: { seasons },
    games,
    teams,
    seasonStarts: spec.seasonStarts,
    reaches: [...dayOfGame.values()].sort().at(-1) ?? null,
    leftOut: [...leftOut].map(([reason, byDay]) => ({
      reason,
      games: [...byDay.values()].reduce((sum, count) => sum + count, 0),
      byDay: [...byDay].map(([day, count]) => ({ day, games: count })),
    })),
  };
}

function startOf({ seasonStarts }: CalendarSpec, season: number): Day {
  const found = seasonStarts.find((each) => each.season === season);
  if (found !== undefined) return found.start;
  const known = seasonStarts.map((each) => each.season).join(', ');
  throw new PhasegateError(
    'invalid-input',
    `the schedule has games of season ${season}, whose start the pipeline does not know; calendar.seasonStarts has ${known}`,
  );
}

function whyNot(spec: CalendarSpec, game: Game): string | null {
  if (!spec.seasonTypes.includes(game.type)) return `season type ${game.type} is not wanted`;
  const exclusion = spec.exclusions.find(
    ({ days, seasonTypes }) =>
      (days === null || hasDay(days, game.day)) &&
      (seasonTypes.length === 0 || seasonTypes.includes(game.type)),
  );
  return exclusion?.reason ?? null;
}

function entry<Key, Value>(map: Map<Key, Value>, key: Key, make: () => Value): Value {
  const found = map.get(key);
  if (found !== undefined) return found;
  const made = make();
  map.set(key, made);
  return made;
}
