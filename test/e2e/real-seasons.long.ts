import { existsSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { bigQueryWarehouse } from '../../shared/adapters/gcp/bigquery-warehouse.ts';
import {
  type BigQueryServer,
  openBigQueryServer,
} from '../../shared/adapters/local/bigquery/server.ts';
import type { Row } from '../../shared/ports/warehouse.ts';
import { type Fact, MOST_POINTS, PLAYER_FACTS, TEAM_FACTS } from '../fixtures/nba-real-facts.ts';
import { type Ended, emptyDirectory, phasegate } from './phasegate.ts';

const REAL = resolve('..', 'shared/data/nba');
const VERDICTS = 'test/fixtures/nba-real-verdicts.json';
const RANGE = ['--from', '2021-10-19', '--to', '2023-04-09'];
const PRESEASON = ['--from', '2021-10-15', '--to', '2021-10-15'];
const OVERLAY = ['--overlay', 'test/fixtures/nba-real-overlay.yaml'];

const PLAYERS = '`nba_analytics.player_game_summary`';
const TEAMS = '`nba_analytics.team_offense_game_summary`';
const SEASON = 'game_date BETWEEN @first AND @last';

/** The days of each season, from the 14th day on in `ready`: what the README of the data set counts. */
const SEASONS = {
  2021: { first: '2021-10-19', ready: '2021-11-02', last: '2022-04-10' },
  2022: { first: '2022-10-18', ready: '2022-11-01', last: '2023-04-09' },
} as const;

type Judged = Readonly<{
  table: string;
  verdict: string;
  checks: readonly Readonly<{
    id: string;
    verdict: string;
    severity: string;
    observed: string;
    days: readonly string[];
  }>[];
}>;

const isThere = existsSync(REAL);
if (!isThere) {
  console.warn(`NOT CHECKED: ${REAL} is absent, so nothing is proven on the two real seasons`);
}

/**
 * `UPDATE_VERDICTS=1 npx vitest run --config vitest.long.config.ts real-seasons` writes the fixture of verdicts
 * anew; read its difference before you commit it.
 */
describe.skipIf(!isThere)(
  'the real seasons 2021-22 and 2022-23, loaded and run as a person would',
  () => {
    const directory = emptyDirectory();
    const world = ['--world', `local:${directory}`];
    let loaded: Ended;
    let started: Ended;
    let refused: Ended;
    let report: Readonly<{ verdict: string; status: string; tables: readonly Judged[] }>;
    let gate: Readonly<{
      tables: readonly (Judged & Readonly<{ expectedDays: number; coveredDays: number }>)[];
    }>;
    let server: BigQueryServer;
    let ask: (sql: string, season: keyof typeof SEASONS) => Promise<Row>;

    beforeAll(async () => {
      loaded = await phasegate('load', REAL, ...world);
      started = await phasegate('start', ...RANGE, ...world, ...OVERLAY, '--json');
      const { run } = JSON.parse(started.stdout);
      report = JSON.parse((await phasegate('report', run, ...world, '--format', 'json')).stdout);
      refused = await phasegate('start', ...PRESEASON, ...world, ...OVERLAY);
      gate = JSON.parse((await phasegate('gate', ...RANGE, ...world, ...OVERLAY, '--json')).stdout);
      server = await openBigQueryServer({ file: join(directory, 'warehouse.duckdb') });
      const warehouse = bigQueryWarehouse({ projectId: 'local', apiEndpoint: server.url });
      ask = async (sql, season) => {
        const days = Object.entries(SEASONS[season]).filter(([name]) => sql.includes(`@${name}`));
        const params = days.map(([name, value]) => [name, { type: 'DATE', value }] as const);
        return (await warehouse.query({ sql, params: Object.fromEntries(params) })).rows[0]!;
      };
      if (process.env.UPDATE_VERDICTS === '1') {
        writeFileSync(VERDICTS, `${JSON.stringify(verdictsOf(report), null, 2)}\n`);
      }
    }, 300_000);
    afterAll(async () => {
      await server?.close();
      rmSync(directory, { recursive: true });
    });

    it('load without a complaint and pass with warnings, exit code 0', () => {
      expect(loaded.code).toBe(0);
      expect(started.code).toBe(0);
      expect(report).toMatchObject({ verdict: 'WARN', status: 'passed' });
    });

    it('have the verdicts, the shares and the bad days that are on record', () => {
      expect(verdictsOf(report)).toEqual(JSON.parse(readFileSync(VERDICTS, 'utf8')));
    });

    it('are told by the gate as by the report of the run', () => {
      expect(verdictsOf(gate)).toEqual(verdictsOf(report));
    });

    it('have not a single check that blocks and fails', () => {
      const failed = report.tables.flatMap(({ checks }) => checks.filter(isNotPassed));
      expect(failed.filter(({ severity }) => severity === 'block')).toEqual([]);
    });

    it.each([
      ['nba_analytics.team_offense_game_summary', 'shot-zones-filled'],
      ['nba_analytics.team_defense_game_summary', 'shot-zones-filled'],
      ['nba_analytics.player_game_summary', 'paint-filled'],
    ])('warn in %s of the hole in the shots, %s, from its first day to its last', (name, id) => {
      const { checks } = report.tables.find(({ table }) => table === name)!;
      const hole = checks.find((check) => check.id === id)!;
      const days = ['2022-01-07..2022-04-10'];
      expect(hole).toMatchObject({ verdict: 'FAIL', severity: 'warn', days });
    });

    it.each([
      ['nba_analytics.team_offense_game_summary', 165 + 164],
      ['nba_analytics.team_defense_game_summary', 165 + 164],
      ['nba_analytics.player_game_summary', 165 + 164],
      ['nba_analytics.upcoming_player_game_context', 165 + 164],
      ['nba_analytics.upcoming_team_game_context', 165 + 164],
      ['nba_precompute.team_defense_zone_analysis', 151 + 150],
      ['nba_precompute.player_shot_zone_analysis', 151 + 150],
      ['nba_precompute.player_composite_factors', 151 + 150],
      ['nba_precompute.player_daily_cache', 151 + 150],
      ['nba_predictions.ml_feature_store_v2', 151 + 150],
    ])('have the days of %s that the schedule asks for: %i', (name, days) => {
      const judged = gate.tables.find(({ table }) => table === name);
      expect(judged).toMatchObject({ expectedDays: days, coveredDays: days });
    });

    it('expect nothing on 2021-10-15, which has eight games of the preseason', () => {
      expect(refused.code).not.toBe(0);
      expect(refused.stderr).toContain('nothing is expected');
    });

    describe.each([2021, 2022] as const)('by query, season %i', (season) => {
      const at = season - 2021;

      it.each(PLAYER_FACTS.map((fact) => ofSeason(fact, at)))(
        "the players' %s: %d",
        async (_, number, expression) => {
          const sql = `SELECT ${expression} AS fact FROM ${PLAYERS} WHERE ${SEASON}`;
          expect((await ask(sql, season)).fact).toBe(number);
        },
      );

      it.each(TEAM_FACTS.map((fact) => ofSeason(fact, at)))(
        "the teams' %s: %d",
        async (_, number, expression) => {
          const sql = `SELECT ${expression} AS fact FROM ${TEAMS} WHERE ${SEASON}`;
          expect((await ask(sql, season)).fact).toBe(number);
        },
      );

      it('the most points of one player in one game are those on record', async () => {
        const sql = `SELECT points, player_lookup, game_id FROM ${PLAYERS} WHERE ${SEASON} ORDER BY points DESC, game_id LIMIT 1`;
        const found = await ask(sql, season);
        expect(Object.values(found)).toEqual(MOST_POINTS[at]);
      });

      it('the points of all 2,460 team-games are the sums of their players', async () => {
        const sql = `
        SELECT COUNT(*) AS team_games, COUNT(IF(points_scored = players_points, 1, NULL)) AS equal
        FROM ${TEAMS} AS teams
        JOIN (
          SELECT game_date, team_abbr, SUM(points) AS players_points
          FROM ${PLAYERS} WHERE ${SEASON} GROUP BY game_date, team_abbr
        ) AS sums ON sums.game_date = teams.game_date AND sums.team_abbr = teams.team_abbr
        WHERE teams.game_date BETWEEN @first AND @last`;
        expect(await ask(sql, season)).toEqual({ team_games: 2460, equal: 2460 });
      });
    });
  },
);

function ofSeason([name, seasons, expression]: Fact, at: number) {
  return [name, seasons[at]!, expression] as const;
}

function isNotPassed({ verdict }: Readonly<{ verdict: string }>): boolean {
  return verdict !== 'PASS';
}

/** The verdict of each table, and of each check that did not pass with its share and its days. */
function verdictsOf({ tables }: Readonly<{ tables: readonly Judged[] }>) {
  const told = tables.map(({ table, verdict, checks }) => {
    const open = checks
      .filter(isNotPassed)
      .toSorted((a, b) => (a.id < b.id ? -1 : 1))
      .map(({ id, verdict, severity, observed, days }) => [
        id,
        { verdict, severity, observed, days: days.join(', ') },
      ]);
    return [table, { verdict, checks: Object.fromEntries(open) }] as const;
  });
  return Object.fromEntries(told.toSorted(([a], [b]) => (a < b ? -1 : 1)));
}
