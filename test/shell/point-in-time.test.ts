import { readFileSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { bigQueryWarehouse } from '../../shared/adapters/gcp/bigquery-warehouse.ts';
import { openBigQueryServer } from '../../shared/adapters/local/bigquery/server.ts';
import { addDays } from '../../shared/core/days.ts';
import { parseTableName } from '../../shared/core/ids.ts';
import { type Pipeline, tablesOf } from '../../shared/core/pipeline.ts';
import { SYSTEM_TABLES } from '../../shared/core/system-tables.ts';
import { readPipeline } from '../../shared/edge/pipeline-file.ts';
import type { Warehouse } from '../../shared/ports/warehouse.ts';
import { assess } from '../../shared/shell/assess.ts';
import { ensureTables } from '../../shared/shell/ensure-tables.ts';
import { day } from '../core/build.ts';

const FIRST = day('2022-01-01');
const SECOND_SEASON = 15;
const DAYS = Array.from({ length: 30 }, (_, n) => addDays(FIRST, n));
const TEAMS = ['AAA', 'BBB', 'CCC', 'DDD'];

/** Whether a team plays on the n-th day: each rests on other days. */
const plays = (team: number, n: number) => (n + team) % 4 !== 0;
/** A number without a pattern that a shifted window could share. */
const pointsOf = (team: number, n: number) => 80 + ((n * n * 7 + team * 31 + n * team * 13) % 41);
const seasonOf = (n: number) => (n < SECOND_SEASON ? 0 : SECOND_SEASON);

type Past = readonly number[];
const average = (past: Past) => past.reduce((sum, points) => sum + points, 0) / past.length;
const deviation = (past: Past) =>
  Math.sqrt(past.reduce((sum, x) => sum + (x - average(past)) ** 2, 0) / (past.length - 1));

/** The columns as a person would compute them by hand, from what came before the n-th day. */
function featuresOf(team: number, n: number, includesOwnDay: boolean) {
  const last = includesOwnDay ? n : n - 1;
  const before = (first: number) =>
    Array.from({ length: Math.max(0, last - first + 1) }, (_, at) => first + at)
      .filter((at) => plays(team, at))
      .map((at) => pointsOf(team, at));
  const season = before(seasonOf(n));
  const days = before(Math.max(seasonOf(n), n - 5));
  const or = (value: number) => (Number.isFinite(value) ? value : null);
  return {
    avg_2: season.length === 0 ? null : or(average(season.slice(-2))),
    sum_5_days: days.length === 0 ? null : days.reduce((sum, points) => sum + points, 0),
    max_season: season.length === 0 ? null : Math.max(...season),
    sd_season: season.length < 2 ? null : or(deviation(season)),
    games_season: season.length,
  };
}

const CHECKS = [
  '{ id: avg-2, column: avg_2, aggregate: AVG, games: 2',
  '{ id: sum-5-days, column: sum_5_days, aggregate: SUM, days: 5',
  '{ id: max-season, column: max_season, aggregate: MAX, window: season',
  '{ id: sd-season, column: sd_season, aggregate: STDDEV_SAMP, window: season',
  '{ id: games-season, column: games_season, aggregate: COUNT, window: season',
];
const IDS = ['avg-2', 'sum-5-days', 'max-season', 'sd-season', 'games-season'];
const yamlOf = (sampleDays: number) =>
  readFileSync('test/fixtures/tiny.yaml', 'utf8')
    .replace('{ 2021: 2022-01-01 }', `{ 2021: 2022-01-01, 2022: ${addDays(FIRST, SECOND_SEASON)} }`)
    .replace(
      'points_avg: FLOAT64,',
      'avg_2: FLOAT64, sum_5_days: INT64, max_season: INT64, sd_season: FLOAT64, games_season: INT64,',
    )
    .replace(
      /- \{ id: average-filled.*/,
      CHECKS.map(
        (check) =>
          `- ${check}, kind: point-in-time, match: [team], of: analytics.team_games, value: points, tolerance: 0.000001, minimumPopulation: 10, sampleDays: ${sampleDays} }`,
      ).join('\n          '),
    );
const pipelineOf = (sampleDays: number): Pipeline =>
  readPipeline({ file: 'tiny.yaml', text: yamlOf(sampleDays) }, null, () => '').pipeline;

describe.each([
  ['the past alone', false],
  ['its own day too', true],
])('windows that see %s', (_, includesOwnDay) => {
  let server: Awaited<ReturnType<typeof openBigQueryServer>>;
  let warehouse: Warehouse;
  let readings = 0;

  const judge = async (sampleDays = 50) => {
    const pipeline = pipelineOf(sampleDays);
    const form = tablesOf(pipeline).filter(({ name }) => name === 'precompute.form');
    const range = { from: FIRST, to: DAYS.at(-1)! };
    const { tables, statements } = await assess(
      warehouse,
      pipeline,
      { id: `r${readings++}`, relations: form, ...range },
      new Date().toISOString(),
    );
    const checks = new Map(tables[0]?.judgement.checks.map((check) => [check.id, check]));
    return { checks, statements };
  };
  const verdicts = ({ checks }: Awaited<ReturnType<typeof judge>>) =>
    IDS.map((id) => checks.get(id)?.verdict);

  beforeAll(async () => {
    server = await openBigQueryServer({ file: ':memory:' });
    warehouse = bigQueryWarehouse({ projectId: 'local', apiEndpoint: server.url });
    await ensureTables(warehouse, pipelineOf(8), SYSTEM_TABLES);
    const rows = DAYS.flatMap((on, n) =>
      TEAMS.map((team, at) => ({ on, n, team, at })).filter(({ at }) => plays(at, n)),
    );
    await warehouse.append(
      parseTableName('raw.schedule'),
      DAYS.map((on, n) => ({
        game_id: `g${n}`,
        game_date: on,
        season_year: n < SECOND_SEASON ? 2021 : 2022,
        season_type: 'regular',
        game_status: 3,
        home: 'AAA',
        away: 'BBB',
      })),
      { jobId: 'schedule' },
    );
    await warehouse.append(
      parseTableName('analytics.team_games'),
      rows.map(({ on, n, team, at }) => ({
        game_id: `g${n}`,
        game_date: on,
        team,
        points: pointsOf(at, n),
        processed_at: null,
      })),
      { jobId: 'games' },
    );
    await warehouse.append(
      parseTableName('precompute.form'),
      rows.map(({ on, n, team, at }) => ({
        team,
        game_date: on,
        ...featuresOf(at, n, includesOwnDay),
        processed_at: null,
      })),
      { jobId: 'form' },
    );
  });
  afterAll(() => server.close());

  const verdict = includesOwnDay ? 'FAIL' : 'PASS';
  it(`are told apart from an independent computation: ${verdict}`, async () => {
    const judged = await judge();
    expect(verdicts(judged)).toEqual(IDS.map(() => verdict));
    expect(judged.checks.get('avg-2')?.observed).toMatch(/on 26 of 26 days with rows$/);
  });

  it('are asked about once: nothing is read again while nothing changes', async () => {
    const { statements } = await judge();
    expect(statements.map(({ purpose }) => purpose)).toEqual(['schedule', 'kept']);
  });

  it('on few sampled days fail at once when they leak, and are left open when they hold', async () => {
    const judged = await judge(4);
    const expected = includesOwnDay ? 'FAIL' : 'UNKNOWN';
    expect(verdicts(judged)).toEqual(IDS.map(() => expected));
    expect(judged.checks.get('avg-2')?.observed).toContain('on 8 of 26 days with rows');
  });

  it('are asked about again, and fail, when an upstream day was written otherwise', async () => {
    await warehouse.append(
      parseTableName('analytics.team_games'),
      [{ game_id: 'x', game_date: DAYS[2]!, team: 'AAA', points: 500, processed_at: null }],
      { jobId: 'late' },
    );
    const judged = await judge();
    expect(judged.checks.get('max-season')?.verdict).toBe('FAIL');
    const asked = judged.statements.filter(({ purpose }) => purpose.includes('question'));
    expect(asked).toHaveLength(CHECKS.length);
  });
});
