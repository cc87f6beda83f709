import { createHash } from 'node:crypto';
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { DuckDBInstance } from '@duckdb/node-api';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { generateLeague } from '../../shared/league/league.ts';
import { gamesOf } from '../../shared/league/play-game.ts';
import { RAW_FILES, type RawFile, rawColumns } from '../../shared/league/raw-files.ts';
import { type RowCounts, writeLeague } from '../../shared/league/write-league.ts';

const REAL = resolve('..', 'shared/data/nba');
const options = { seed: 21, seasons: [{ seasonYear: 2021, start: '2021-10-19' }] };
const league = generateLeague(options);
const connection = await (await DuckDBInstance.create(':memory:')).connect();
let directory: string;
let counts: RowCounts;

beforeAll(() => {
  directory = mkdtempSync(join(tmpdir(), 'league-files-'));
  counts = writeLeague(directory, league);
});
afterAll(() => {
  connection.closeSync();
  rmSync(directory, { recursive: true });
});

async function ask(sql: string): Promise<Record<string, unknown>[]> {
  return (await connection.runAndReadAll(sql)).getRowObjectsJson();
}

/** The file as a table of the types it promises. */
function table(file: RawFile): string {
  const columns = rawColumns(file).map(({ name, type }) => `'${name}': '${type}'`);
  const path = join(directory, `${file}.csv`);
  return `read_csv('${path}', header = true, columns = {${columns.join(', ')}})`;
}

describe.each(RAW_FILES)('%s', (file) => {
  it('has the columns and the types of the real file', async (context) => {
    const real = join(REAL, `${file}.parquet`);
    if (!existsSync(real)) {
      console.warn(`NOT CHECKED: ${real} is absent, so the columns of ${file} are unproven`);
      context.skip(`${real} is absent, so there is nothing to compare with`);
    }
    const described = await ask(`DESCRIBE SELECT * FROM '${real}'`);
    expect(rawColumns(file)).toEqual(
      described.map(({ column_name, column_type }) => ({ name: column_name, type: column_type })),
    );
  });

  it('is read as a table of these types, each row counted once', async () => {
    const header = readFileSync(join(directory, `${file}.csv`), 'utf8').split('\n', 1)[0];
    expect(header).toBe(
      rawColumns(file)
        .map(({ name }) => name)
        .join(','),
    );
    expect(await ask(`SELECT count(*)::INTEGER AS n FROM ${table(file)}`)).toEqual([
      { n: counts[file] },
    ]);
  });
});

describe('what DuckDB reads', () => {
  it('has the dates, booleans and numbers that DuckDB would have guessed', async () => {
    const guessed = await ask(`DESCRIBE SELECT * FROM '${join(directory, 'raw_odds.csv')}'`);
    const types = Object.fromEntries(guessed.map((row) => [row.column_name, row.column_type]));
    expect(types).toMatchObject({
      game_date: 'DATE',
      spread_home: 'DOUBLE',
      total_line: 'DOUBLE',
      moneyline_home: 'BIGINT',
    });
  });

  it('has the sums of the games that were played', async () => {
    const games = [...gamesOf(league)];
    const totals = games.flatMap(({ home, away }) => [home.total, away.total]);
    const points = totals.reduce((sum, total) => sum + total.points, 0);
    const shots = totals.reduce((sum, total) => sum + total.fg_attempted, 0);
    const [read] = await ask(`SELECT
      (SELECT sum(points)::INTEGER FROM ${table('raw_player_boxscores')}) AS player_points,
      (SELECT sum(points)::INTEGER FROM ${table('raw_team_boxscores')}) AS team_points,
      (SELECT sum(home_team_score + away_team_score)::INTEGER
        FROM ${table('raw_schedule')} WHERE is_regular_season) AS scores,
      (SELECT count(*)::INTEGER FROM ${table('raw_shots')}) AS shots`);
    expect(read).toEqual({ player_points: points, team_points: points, scores: points, shots });
  });

  it('agrees between team box scores and the schedule, game by game', async () => {
    const broken = await ask(`SELECT s.game_id
      FROM ${table('raw_schedule')} s
      LEFT JOIN ${table('raw_team_boxscores')} h ON h.game_id = s.game_id AND h.is_home
      LEFT JOIN ${table('raw_team_boxscores')} a ON a.game_id = s.game_id AND NOT a.is_home
      WHERE CASE WHEN s.is_regular_season THEN
        (h.points, a.points, h.win_flag, a.win_flag, h.minutes) IS DISTINCT FROM
        (s.home_team_score, s.away_team_score, h.team_abbr = s.winning_team_tricode,
          a.team_abbr = s.winning_team_tricode, (240 + 25 * s.overtime_periods) || ':00')
        OR h.points <> h.points_q1 + h.points_q2 + h.points_q3 + h.points_q4 + h.points_ot
        OR a.points <> a.points_q1 + a.points_q2 + a.points_q3 + a.points_q4 + a.points_ot
        OR (h.points_ot > 0) <> (s.overtime_periods > 0) AND (a.points_ot > 0) <> (s.overtime_periods > 0)
        OR h.turnovers_incl_team < h.turnovers OR h.plus_minus <> h.points - a.points
      ELSE h.game_id IS NOT NULL OR a.game_id IS NOT NULL OR s.overtime_periods IS NOT NULL END`);
    expect(broken).toEqual([]);
  });

  it('splits the shots of each player into zones that add up to his box score', async () => {
    const broken = await ask(`WITH zones AS (
        SELECT game_id, player_lookup,
          count(*) FILTER (shot_type = '2PT' AND shot_distance <= 8) AS paint,
          count(*) FILTER (shot_type = '2PT' AND shot_distance BETWEEN 9 AND 22) AS mid,
          count(*) FILTER (shot_type = '3PT') AS three,
          count(*) FILTER (shot_made) AS made,
          count(*) FILTER (shot_made AND shot_type = '3PT') AS three_made
        FROM ${table('raw_shots')} GROUP BY ALL)
      SELECT p.game_id FROM ${table('raw_player_boxscores')} p
      LEFT JOIN zones USING (game_id, player_lookup)
      WHERE coalesce(paint, 0) + coalesce(mid, 0) <> fg_attempted - three_pt_attempted
        OR coalesce(three, 0) <> three_pt_attempted
        OR coalesce(made, 0) <> fg_made OR coalesce(three_made, 0) <> three_pt_made`);
    expect(broken).toEqual([]);
  });

  it('has one line of odds for each regular game, in steps of a half', async () => {
    const [odds] = await ask(`SELECT count(DISTINCT game_id)::INTEGER AS games,
        bool_and(spread_home * 2 = round(spread_home * 2) AND spread_home <> 0) AS spreads,
        bool_and(total_line * 2 = round(total_line * 2)) AS totals,
        bool_and((spread_home < 0) = (favored_team_abbr = home_team_abbr)
          AND (spread_home < 0) = (moneyline_home < 0 AND moneyline_away > 0)) AS favourites,
        bool_and(abs(moneyline_home) >= 100 AND abs(moneyline_away) >= 100) AS american
      FROM ${table('raw_odds')}`);
    expect(odds).toEqual({
      games: 1230,
      spreads: true,
      totals: true,
      favourites: true,
      american: true,
    });
  });

  it('lists each player once a season with the games he played, 13 to 15 a team', async () => {
    const broken = await ask(`SELECT p.player_lookup FROM ${table('raw_players')} p
      LEFT JOIN (SELECT player_id, count(*) AS games, arg_max(team_abbr, game_date) AS team
        FROM ${table('raw_player_boxscores')} GROUP BY ALL) b USING (player_id)
      WHERE p.games <> coalesce(b.games, 0) OR p.last_team_abbr <> coalesce(b.team, p.last_team_abbr)
        OR NOT regexp_full_match(p.player_lookup, '[a-z0-9]+')`);
    expect(broken).toEqual([]);
    const [rosters] = await ask(`SELECT min(n)::INTEGER AS fewest, max(n)::INTEGER AS most
      FROM (SELECT count(*) AS n FROM ${table('raw_players')} GROUP BY last_team_abbr)`);
    expect(rosters).toEqual({ fewest: 13, most: 15 });
    const [names] = await ask(`SELECT count(DISTINCT player_lookup) = count(*) AS once,
        count(*) FILTER (height_inches IS NULL) > 0 AS gaps FROM ${table('raw_players')}`);
    expect(names).toEqual({ once: true, gaps: true });
  });
});

describe('the bytes of a league', () => {
  const bytesOf = (seed: number) => {
    const own = mkdtempSync(join(tmpdir(), 'league-bytes-'));
    writeLeague(own, generateLeague({ seed, teams: 6, gamesPerTeam: 12 }));
    const hash = createHash('sha256');
    for (const file of RAW_FILES) hash.update(readFileSync(join(own, `${file}.csv`)));
    rmSync(own, { recursive: true });
    return hash.digest('hex');
  };

  it('are the same for the same seed and others for another', () => {
    expect(bytesOf(1)).toBe(bytesOf(1));
    expect(bytesOf(1)).not.toBe(bytesOf(2));
  });
});
