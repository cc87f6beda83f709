import { describe, expect, it } from 'vitest';
import { addDays, type Day, parseDay } from '../../shared/core/days.ts';
import { generateLeague, type Season } from '../../shared/league/league.ts';
import type { ScheduledGame, SeasonType } from '../../shared/league/schedule.ts';

const { seasons } = generateLeague({ seed: 1 });

const ofType = (season: Season, type: SeasonType) =>
  season.schedule.filter((game) => game.seasonType === type);
const sidesOf = (game: ScheduledGame) => [game.home.tricode, game.away.tricode];
const byDay = (games: readonly ScheduledGame[]) => Map.groupBy(games, (game) => game.day);

describe.each(seasons)('season $seasonYear', (season) => {
  const regular = ofType(season, 'regular');
  const days = byDay(regular);
  const gamesOf = (tricode: string) => regular.filter((game) => sidesOf(game).includes(tricode));

  it('has 1,230 regular games on 160 to 170 days, 82 a team', () => {
    expect(regular).toHaveLength(1230);
    expect(days.size).toBeGreaterThanOrEqual(160);
    expect(days.size).toBeLessThanOrEqual(170);
    for (const team of season.teams) expect(gamesOf(team.tricode)).toHaveLength(82);
  });

  it('starts on the day it was told, with two games', () => {
    expect(regular[0]!.day).toBe(season.seasonYear === 2021 ? '2021-10-19' : '2022-10-18');
    expect(days.get(regular[0]!.day)).toHaveLength(2);
  });

  it('never has a team twice on a date, and 2 to 13 games on each', () => {
    for (const games of days.values()) {
      const sides = games.flatMap(sidesOf);
      expect(new Set(sides).size).toBe(sides.length);
      expect(games.length).toBeGreaterThanOrEqual(2);
      expect(games.length).toBeLessThanOrEqual(13);
    }
    expect(new Set([...days.values()].map((games) => games.length)).size).toBeGreaterThan(6);
  });

  it('has every team play on two days running some time', () => {
    for (const { tricode } of season.teams) {
      const own = new Set(gamesOf(tricode).map((game) => game.day));
      expect([...own].filter((day) => own.has(addDays(day, 1))).length).toBeGreaterThan(4);
    }
  });

  it('gives a team 38 to 44 home games and every opponent two or three times', () => {
    for (const { tricode } of season.teams) {
      const home = gamesOf(tricode).filter((game) => game.home.tricode === tricode).length;
      expect(home).toBeGreaterThanOrEqual(38);
      expect(home).toBeLessThanOrEqual(44);
      const meetings = Map.groupBy(gamesOf(tricode), (game) =>
        sidesOf(game).find((side) => side !== tricode),
      );
      expect(meetings.size).toBe(29);
      expect([...meetings.values()].every(({ length }) => length === 2 || length === 3)).toBe(true);
    }
  });

  it('rests on 24 December and for six days around the all-star game', () => {
    const sunday = parseDay(season.seasonYear === 2021 ? '2022-02-20' : '2023-02-19');
    const rest = [-2, -1, 0, 1, 2, 3].map((offset) => addDays(sunday, offset));
    for (const day of [parseDay(`${season.seasonYear}-12-24`), ...rest]) {
      expect(days.has(day)).toBe(false);
    }
    expect(days.has(addDays(sunday, -3))).toBe(true);
    expect(days.has(addDays(sunday, 4))).toBe(true);
    expect(ofType(season, 'all_star').map((game) => game.day)).toEqual([rest[0], rest[2]]);
  });

  it('has preseason games before the start, and none on the three days before it', () => {
    const preseason = ofType(season, 'preseason');
    expect(preseason).toHaveLength(6);
    for (const { day } of preseason) expect(day < addDays(regular[0]!.day, -3)).toBe(true);
  });

  it('lets exhibition sides play in nothing but all-star games', () => {
    const clubs = season.teams.map((team) => team.tricode);
    for (const game of season.schedule) {
      const isClub = sidesOf(game).map((side) => clubs.includes(side));
      expect(isClub).toEqual(game.seasonType === 'all_star' ? [false, false] : [true, true]);
    }
  });

  it('is in the order of its days', () => {
    const listed = season.schedule.map((game) => game.day);
    expect(listed).toEqual(listed.toSorted());
  });
});

it('names each game once, by its day and sides, and by type, season and number', () => {
  const games = seasons.flatMap((season) => season.schedule);
  expect(new Set(games.map((game) => game.gameId)).size).toBe(games.length);
  expect(new Set(games.map((game) => game.nbaGameId)).size).toBe(games.length);
  const digits = { preseason: '001', regular: '002', all_star: '003' };
  for (const game of games) {
    const [day, away, home] = game.gameId.split('_');
    expect([day, away, home]).toEqual([
      game.day.replaceAll('-', ''),
      game.away.tricode,
      game.home.tricode,
    ]);
    expect(game.nbaGameId).toMatch(/^\d{10}$/);
    expect(game.nbaGameId.slice(0, 5)).toBe(
      `${digits[game.seasonType]}${String(game.seasonYear).slice(2)}`,
    );
  }
});

describe('a small league', () => {
  const [season] = generateLeague({
    seed: 3,
    teams: 4,
    gamesPerTeam: 10,
    seasons: [{ seasonYear: 2021, start: '2021-12-20' }],
  }).seasons;
  const regular = ofType(season!, 'regular');

  it('plays all teams on each of its ten days, which are not all consecutive', () => {
    const days = [...byDay(regular)];
    expect(days).toHaveLength(10);
    for (const [, games] of days) expect(new Set(games.flatMap(sidesOf)).size).toBe(4);
    expect(days.at(-1)![0] > addDays(days[0]![0] as Day, 9)).toBe(true);
  });

  it.each(['2021-12-20', '2022-03-01'])('has no all-star games outside its days (%s)', (start) => {
    const seasons = [{ seasonYear: 2021, start }];
    const { seasons: drawn } = generateLeague({ seed: 3, teams: 4, gamesPerTeam: 10, seasons });
    expect(ofType(drawn[0]!, 'all_star')).toEqual([]);
  });
});

describe('a league nobody could schedule', () => {
  it.each([
    { teams: 5 },
    { teams: 0 },
    { teams: 32 },
    { gamesPerTeam: 0 },
    { seasons: [{ seasonYear: 2021, start: '2021-02-30' }] },
    {
      seasons: [
        { seasonYear: 2021, start: '2021-10-19' },
        { seasonYear: 2022, start: '2022-01-01' },
      ],
    },
  ])('is refused: %j', (options) => {
    expect(() => generateLeague({ seed: 1, ...options })).toThrow(
      expect.objectContaining({ kind: 'invalid-input' }),
    );
  });
});
