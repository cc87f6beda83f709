import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { missingGames } from '../../shared/league/crisis.ts';
import { generateLeague } from '../../shared/league/league.ts';
import { writeLeague } from '../../shared/league/write-league.ts';

const league = generateLeague({ seed: 5 });
const regular = league.seasons[0]!.schedule.filter((game) => game.seasonType === 'regular');
const missing = missingGames(league, 169);
const small = generateLeague({
  seed: 5,
  teams: 4,
  gamesPerTeam: 10,
  seasons: [{ seasonYear: 2021, start: '2021-10-19' }],
});

describe('the missing games', () => {
  it('are 169 that follow one another in the schedule', () => {
    const at = regular.findIndex((game) => missing.gameIds.has(game.gameId));
    expect(regular.slice(at, at + 169).map((game) => game.gameId)).toEqual([...missing.gameIds]);
  });

  it('start in early January 2022 and leave days wholly without a game', () => {
    expect(missing.days[0]! >= '2022-01-03' && missing.days[0]! <= '2022-01-10').toBe(true);
    const gamesOn = (day: string) => regular.filter((game) => game.day === day);
    const isWhole = missing.days.map((day) =>
      gamesOn(day).every((game) => missing.gameIds.has(game.gameId)),
    );
    expect(isWhole[0]).toBe(false);
    expect(isWhole.slice(1, -1).every((whole) => whole)).toBe(true);
    expect(missing.days.length).toBeGreaterThan(15);
  });

  it('are the same ones when asked again', () => {
    expect(missingGames(generateLeague({ seed: 5 }), 169)).toEqual(missing);
  });

  it('come from the middle of a season that ends before January', () => {
    const { gameIds, days } = missingGames(small, 6);
    const ids = small.seasons[0]!.schedule.filter((game) => game.seasonType === 'regular').map(
      (game) => game.gameId,
    );
    expect([...gameIds]).toEqual(ids.slice(7, 13));
    expect(days).toEqual(days.toSorted());
  });

  it('are all there are when more are asked for', () => {
    expect(missingGames(small, 169).gameIds.size).toBe(20);
  });
});

describe('written to files', () => {
  let directory: string;
  beforeEach(() => {
    directory = mkdtempSync(join(tmpdir(), 'league-crisis-'));
  });
  afterEach(() => rmSync(directory, { recursive: true }));
  const linesOf = (file: string) => readFileSync(join(directory, file), 'utf8').split('\n');

  it('a crisis leaves the missing games out of one file and of no other', () => {
    const lost = missingGames(small, 6);
    const counts = writeLeague(directory, small, {
      only: { raw_team_boxscores: (game) => !lost.gameIds.has(game.gameId) },
    });
    expect(counts).toMatchObject({ raw_schedule: 26, raw_team_boxscores: 28, raw_odds: 20 });
    const present = new Set(linesOf('raw_team_boxscores.csv').map((line) => line.split(',')[0]));
    expect([...lost.gameIds].filter((id) => present.has(id))).toEqual([]);
  });

  it('a late delivery is the whole of the missing days, with the rows of the whole league', () => {
    const lost = missingGames(small, 5);
    const files = ['raw_team_boxscores'] as const;
    writeLeague(directory, small, { files });
    const whole = linesOf('raw_team_boxscores.csv');

    const isLost = (day: string) => lost.days.some((other) => other === day);
    const only = { raw_team_boxscores: (game: { day: string }) => isLost(game.day) };
    const counts = writeLeague(directory, small, { files, only });
    const late = linesOf('raw_team_boxscores.csv');
    expect(late).toEqual(
      whole.filter((line, at) => at === 0 || line === '' || isLost(line.split(',')[2]!)),
    );
    expect(counts.raw_team_boxscores).toBe(late.length - 2);
    expect(counts.raw_schedule).toBe(0);
    for (const id of lost.gameIds) {
      expect(late.filter((line) => line.startsWith(`${id},`))).toHaveLength(2);
    }
  });
});
