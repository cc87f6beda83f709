import { readFileSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { bigQueryWarehouse } from '../../shared/adapters/gcp/bigquery-warehouse.ts';
import { openBigQueryServer } from '../../shared/adapters/local/bigquery/server.ts';
import { parseDaySet } from '../../shared/core/day-set.ts';
import { type LaunchId, launchId, parseTableName } from '../../shared/core/ids.ts';
import type { Pipeline } from '../../shared/core/pipeline.ts';
import { METRICS, SYSTEM_TABLES } from '../../shared/core/system-tables.ts';
import { readPipeline } from '../../shared/edge/pipeline-file.ts';
import type { Warehouse } from '../../shared/ports/warehouse.ts';
import { assess } from '../../shared/shell/assess.ts';
import { ensureTables } from '../../shared/shell/ensure-tables.ts';
import { recordDays } from '../../shared/shell/record-days.ts';
import { runJob } from '../../shared/shell/run-job.ts';
import { day, RUN, selectTablesOf } from '../core/build.ts';

const TEAM_GAMES = parseTableName('analytics.team_games');
const RANGE = { from: day('2022-01-01'), to: day('2022-01-04') };
const ALL = parseDaySet('2022-01-01..2022-01-04');
const DAYS = [1, 2, 3, 4].map((n) => `2022-01-0${n}`);
const CHECKS = `
          - { id: in-time, kind: freshness, dueDays: 1, dueTime: '06:00' }
          - { id: runs, kind: lifecycle, runningHoursAtMost: 4, launchesPerDayAtMost: 4 }
          - { id: written, kind: written }
          - { id: succeeded, kind: days-succeeded, atLeastPercent: 100 }
          - { id: error, kind: metric, metric: mae, below: 4.27, baseline: previous, changeAtMostPercent: 10 }
          - id: half-of-both
            kind: sql
            reads: [raw.box]
            breaks: breaks.sql
            population: |
              SELECT game_date, COUNT(*) AS population FROM \`analytics.team_games\`
              WHERE game_date BETWEEN @from0 AND @to0 GROUP BY game_date; -- one row a day
          - id: fails-on-the-data
            kind: sql
            severity: warn
            breaks: SELECT game_date FROM \`analytics.team_games\` WHERE 1 / (points - points) > 0
            population: SELECT game_date, 1 AS population FROM \`analytics.team_games\``;
const BREAKS = `
-- Team scores that the raw box scores do not have
SELECT t.game_date FROM \`analytics.team_games\` AS t
LEFT JOIN \`raw.box\` AS b ON b.game_id = t.game_id AND b.team = t.team AND b.game_date BETWEEN @from0 AND @to0
WHERE t.game_date BETWEEN @from0 AND @to0 AND (b.points IS NULL OR b.points <> t.points)
-- the last line is a comment`;

const yaml = readFileSync('test/fixtures/tiny.yaml', 'utf8')
  .replace(/(id: points-range.*)/, `$1${CHECKS}`)
  .replace(
    ', processed_at: TIMESTAMP }\n        needs:\n          - { of: raw.box',
    ' }\n        needs:\n          - { of: raw.box',
  )
  .replace(
    ', CURRENT_TIMESTAMP() AS processed_at\n            FROM `raw.box`',
    '\n            FROM `raw.box`',
  )
  .replace(
    '{ game_id: STRING!, game_date: DATE!, team: STRING!, points: INT64 }\n        needs',
    '{ game_id: STRING!, game_date: DATE, team: STRING!, points: INT64 }\n        needs',
  );
const pipeline: Pipeline = readPipeline({ file: 'tiny.yaml', text: yaml }, null, (path) => {
  expect(path).toBe('breaks.sql');
  return BREAKS;
}).pipeline;
const table = selectTablesOf(pipeline).find(({ name }) => name === TEAM_GAMES)!;

describe('checks of runs, time and numbers on a real warehouse', () => {
  let server: Awaited<ReturnType<typeof openBigQueryServer>>;
  let warehouse: Warehouse;
  let readings = 0;
  let purposes: readonly string[] = [];
  const now = () => new Date().toISOString();

  const judge = async (range = RANGE, at = now()) => {
    const id = `r${readings++}`;
    const request = { id, relations: [table], ...range };
    const { tables, statements } = await assess(warehouse, pipeline, request, at);
    purposes = statements.map(({ purpose }) => purpose);
    return new Map(tables[0]?.judgement.checks.map((check) => [check.id, check]));
  };
  const verdictOf = async (id: string) => (await judge()).get(id)?.verdict;
  const write = (attempt: number) =>
    runJob(
      warehouse,
      { run: RUN, launch: launchId(RUN, TEAM_GAMES, attempt), table, days: ALL },
      now,
      () => {},
    );
  const say = (attempt: number, status: 'running' | 'success', at: string, rows?: number) =>
    recordDays(
      warehouse,
      { run: RUN, launch: launchId(RUN, TEAM_GAMES, attempt), table, days: ALL },
      at,
      {
        status,
        days: parseDaySet('2022-01-02'),
        detail: 'said',
        ...(rows === undefined ? {} : { rows: new Map([[day('2022-01-02'), rows]]), readAt: at }),
      },
    );
  const publish = (attempt: number, value: number, days = ALL) => {
    const launch: LaunchId = launchId(RUN, TEAM_GAMES, attempt);
    const row = {
      run: RUN,
      launch,
      table_name: TEAM_GAMES,
      metric: 'mae',
      value,
      data_from: days[0]!.from,
      data_to: days[0]!.to,
      recorded_at: now(),
      recorded_on: now().slice(0, 10),
    };
    return warehouse.append(METRICS.name, [row], { jobId: `mae-${attempt}` });
  };

  beforeAll(async () => {
    server = await openBigQueryServer({ file: ':memory:' });
    warehouse = bigQueryWarehouse({ projectId: 'local', apiEndpoint: server.url });
    await ensureTables(warehouse, pipeline, SYSTEM_TABLES);
    const games = DAYS.map((game_date, n) => ({ game_id: `g${n}`, game_date }));
    await warehouse.append(
      parseTableName('raw.schedule'),
      games.map((game) => ({
        ...game,
        season_year: 2021,
        season_type: 'regular',
        game_status: 3,
        home: 'AAA',
        away: 'BBB',
      })),
      { jobId: 'schedule' },
    );
    await warehouse.append(
      parseTableName('raw.box'),
      games.flatMap((game) => ['AAA', 'BBB'].map((team) => ({ ...game, team, points: 100 }))),
      { jobId: 'box' },
    );
  });
  afterAll(() => server.close());

  it('show nothing of a table that no job has touched, but that its days are late', async () => {
    const checks = await judge();
    expect(checks.get('in-time')).toMatchObject({ verdict: 'FAIL', days: ALL });
    for (const id of ['runs', 'written', 'error', 'half-of-both']) {
      expect(checks.get(id)?.verdict).toBe('UNKNOWN');
    }
  });

  it('pass after a job that wrote what it said, and read nothing twice', async () => {
    await write(1);
    await publish(1, 4.2);
    await write(2);
    await publish(2, 4.19);
    const checks = await judge();
    const passed = ['in-time', 'runs', 'written', 'error', 'half-of-both'];
    expect(passed.map((id) => [id, checks.get(id)?.verdict])).toEqual(
      passed.map((id) => [id, 'PASS']),
    );
    expect(checks.get('error')?.message).toContain(`mae 4.19, published by ${RUN}`);
    expect(checks.get('written')?.observed).toBe('4/4 days as reported');
    await judge();
    expect(purposes.filter((purpose) => !purpose.includes('question1'))).toEqual([
      'schedule',
      'kept',
    ]);
  });

  it('a text that fails on the data is UNKNOWN alone, and no day is lost by it', async () => {
    const checks = await judge();
    expect(checks.get('fails-on-the-data')?.verdict).toBe('UNKNOWN');
    expect(checks.get('succeeded')).toMatchObject({
      verdict: 'PASS',
      observed: '4/4 (100.0%) days succeeded',
    });
  });

  it('say that nothing is due while the day is young', async () => {
    const checks = await judge(RANGE, '2022-01-02T10:59:59.000Z');
    expect(checks.get('in-time')?.verdict).toBe('UNKNOWN');
    const later = await judge(RANGE, '2022-01-02T11:00:00.000Z');
    expect(later.get('in-time')?.verdict).toBe('PASS');
  });

  it('compare a number with the launch before, and only with launches into the range', async () => {
    await publish(3, 9, parseDaySet('2022-02-01'));
    expect(await verdictOf('error')).toBe('PASS');
    await publish(4, 4.25);
    expect(await verdictOf('error')).toBe('UNKNOWN');
    const known = (await judge()).get('error');
    expect(known?.message).toContain('published no mae');
  });

  it('ask a person’s own text again when what it reads has changed', async () => {
    await warehouse.append(
      parseTableName('raw.box'),
      [{ game_id: 'g2', game_date: '2022-01-03', team: 'AAA', points: 90 }],
      { jobId: 'late' },
    );
    expect((await judge()).get('half-of-both')).toMatchObject({
      verdict: 'FAIL',
      observed: '7/8 (87.5%)',
      days: parseDaySet('2022-01-03'),
    });
  });

  it('find a launch that reported rows and wrote none, and one that never ended', async () => {
    await say(5, 'success', now(), 7);
    expect((await judge()).get('written')).toMatchObject({
      verdict: 'FAIL',
      days: parseDaySet('2022-01-02'),
    });
    await say(6, 'running', now());
    expect((await judge()).get('runs')?.verdict).toBe('PASS');
    const tomorrow = new Date(Date.now() + 86_400_000).toISOString();
    expect((await judge(RANGE, tomorrow)).get('runs')).toMatchObject({
      verdict: 'FAIL',
      days: parseDaySet('2022-01-02'),
    });
  });

  it('count rows without a day, which never pass', async () => {
    await warehouse.append(
      TEAM_GAMES,
      [{ game_id: 'x', game_date: null, team: 'AAA', points: 100 }],
      { jobId: 'undated' },
    );
    const placed = (await judge()).get('placed');
    expect(placed).toMatchObject({ verdict: 'FAIL' });
    expect(placed?.observed).toContain('1 rows without a day');
  });

  it('say up to which day the schedule reaches', async () => {
    const range = { from: RANGE.from, to: day('2022-01-20') };
    expect((await judge(range)).get('placed')?.message).toContain(
      'the schedule reaches 2022-01-04, nothing was expected after it',
    );
    expect((await judge()).get('placed')?.message).not.toContain('the schedule reaches');
  });
});
