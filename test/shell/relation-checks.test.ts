import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { bigQueryWarehouse } from '../../shared/adapters/gcp/bigquery-warehouse.ts';
import { openBigQueryServer } from '../../shared/adapters/local/bigquery/server.ts';
import { parseDaySet } from '../../shared/core/day-set.ts';
import { launchId, parseTableName } from '../../shared/core/ids.ts';
import { type Pipeline, sourceNamed, tablesOf } from '../../shared/core/pipeline.ts';
import { SYSTEM_TABLES } from '../../shared/core/system-tables.ts';
import { readPipeline } from '../../shared/edge/pipeline-file.ts';
import type { Row, Warehouse } from '../../shared/ports/warehouse.ts';
import { assess } from '../../shared/shell/assess.ts';
import { ensureTables } from '../../shared/shell/ensure-tables.ts';
import { loadSource } from '../../shared/shell/load-source.ts';
import { runJob } from '../../shared/shell/run-job.ts';
import { day, RUN, selectTablesOf } from '../core/build.ts';
import { writeTinyLeague } from '../fixtures/tiny-league.ts';

const KINDS = `
          - { id: sane, kind: condition, holds: points BETWEEN 50 AND 200 }
          - { id: id-form, kind: pattern, column: game_id, pattern: '^\\d{8}_[A-Z]{3}_[A-Z]{3}$' }
          - { id: id-day, kind: day-in-id, column: game_id }
          - { id: once, kind: one-day, column: game_id }
          - { id: sides, kind: group-condition, by: [game_id], holds: COUNT(DISTINCT team) = 2, unit: games }
          - { id: adds-up, kind: group-identity, by: [game_id], left: SUM(points), right: MIN(points) + MAX(points) }
          - { id: agrees, kind: agreement, by: [game_id, team], value: SUM(points), with: { table: raw.box, value: MAX(points) } }
          - { id: covers, kind: layer-coverage, by: [game_id, team], of: raw.box, ofWhere: points > 0 }
          - { id: home-covers, kind: layer-coverage, by: [team], of: raw.schedule, ofBy: [home] }
          - { id: no-orphans, kind: references, by: [game_id], to: raw.schedule }
          - { id: primary, kind: fallback-share, column: team, primary: [AAA, BBB, CCC, DDD], atMostPercent: 0 }
`;
const TOO_LONG =
  "          - { id: too-long, kind: pattern, column: team, pattern: '^A{2000}$' }\n";
const TINY = readFileSync('test/fixtures/tiny.yaml', 'utf8');
const KEY = '          - { id: key, kind: unique }\n';

describe('the kinds of checks between things, on a real warehouse', () => {
  const pipelineWith = (checks: string): Pipeline => {
    const text = TINY.replace(KEY, () => KEY + checks);
    return readPipeline({ file: 'tiny.yaml', text }, null, () => '').pipeline;
  };
  const pipeline = pipelineWith(KINDS.slice(1));
  const directory = mkdtempSync(join(tmpdir(), 'phasegate-'));
  const [teamGames] = selectTablesOf(pipeline);
  let server: Awaited<ReturnType<typeof openBigQueryServer>>;
  let warehouse: Warehouse;
  let asked = 0;

  const judge = async (which = pipeline) => {
    const { tables } = await assess(
      warehouse,
      which,
      {
        id: `r${asked++}`,
        relations: tablesOf(which).slice(0, 1),
        from: day('2022-01-01'),
        to: day('2022-01-10'),
      },
      new Date().toISOString(),
    );
    return tables[0]!;
  };
  const verdicts = async (which = pipeline) => {
    const { judgement } = await judge(which);
    const own = judgement.checks.filter(({ id }) => `${KINDS}${TOO_LONG}`.includes(`id: ${id},`));
    return Object.fromEntries(own.map(({ id, verdict }) => [id, verdict]));
  };
  const append = (table: string, row: Row) =>
    warehouse.append(parseTableName(table), [row], { jobId: `append-${asked++}` });

  beforeAll(async () => {
    server = await openBigQueryServer({ file: ':memory:' });
    warehouse = bigQueryWarehouse({ projectId: 'local', apiEndpoint: server.url });
    await ensureTables(warehouse, pipeline, SYSTEM_TABLES);
    writeTinyLeague(directory);
    for (const name of ['raw_schedule', 'raw_box']) {
      const path = join(directory, `${name}.csv`);
      const source = sourceNamed(pipeline, parseTableName(name.replace('_', '.')))!;
      const header = readFileSync(path, 'utf8').split('\n')[0]!.split(',');
      await loadSource(warehouse, source, source.load!, { path, format: 'csv', header }, name);
    }
    await runJob(
      warehouse,
      {
        run: RUN,
        launch: launchId(RUN, teamGames!.name, 1),
        table: teamGames!,
        days: parseDaySet('2022-01-01..2022-01-10'),
      },
      () => new Date().toISOString(),
      () => {},
    );
  });
  afterAll(async () => {
    await server.close();
    rmSync(directory, { recursive: true });
  });

  it('pass on rows that are right', async () => {
    const found = await verdicts();
    expect(Object.keys(found).length).toBe(11);
    expect(new Set(Object.values(found))).toEqual(new Set(['PASS']));
  });

  it('are not read again while nothing has changed', async () => {
    expect((await judge()).daysRead).toEqual([]);
  });

  it('are UNKNOWN when only the warehouse can tell that a pattern is none, and alone in that', async () => {
    const { 'too-long': refused, ...others } = await verdicts(
      pipelineWith(KINDS.slice(1) + TOO_LONG),
    );
    expect(refused).toBe('UNKNOWN');
    expect(new Set(Object.values(others))).toEqual(new Set(['PASS']));
  });

  describe('after a foreign row under a wrong day and a late row of the layer before', () => {
    beforeAll(async () => {
      await append('analytics.team_games', {
        game_id: '20220101_BBB_AAA',
        game_date: '2022-01-02',
        team: "x,'y",
        points: 20,
      });
      await append('analytics.team_games', {
        game_id: 'g9',
        game_date: '2022-01-05',
        team: 'AAA',
        points: null,
      });
      await append('raw.box', {
        game_id: '20220107_ZZZ_AAA',
        game_date: '2022-01-07',
        team: 'ZZZ',
        points: 99,
      });
    });

    it.each([
      ['sane', '2022-01-02,2022-01-05', '40/42'],
      ['id-form', '2022-01-05', '41/42'],
      ['id-day', '2022-01-02,2022-01-05', '40/42'],
      ['once', '2022-01-01..2022-01-02', '20220101_BBB_AAA on 2022-01-01, 2022-01-02'],
      ['sides', '2022-01-02,2022-01-05', 'e.g. 20220101_BBB_AAA, g9'],
      ['adds-up', '2022-01-02,2022-01-05', '20220101_BBB_AAA: 20 instead of 40'],
      ['agrees', '2022-01-02,2022-01-05,2022-01-07', "20220101_BBB_AAA/x,'y: 20 here, none there"],
      ['covers', '2022-01-07', 'e.g. 20220107_ZZZ_AAA/ZZZ'],
      ['no-orphans', '2022-01-02,2022-01-05', 'e.g. 20220101_BBB_AAA, g9'],
      ['primary', '2022-01-02', '41/42'],
    ])('%s fails on %s and says %s', async (id, days, words) => {
      const { judgement } = await judge();
      const check = judgement.checks.find((each) => each.id === id);
      expect(check).toMatchObject({ verdict: 'FAIL', days: parseDaySet(days) });
      expect(`${check?.observed} ${check?.message}`).toContain(words);
    });

    it('home-covers still passes: every team that plays at home has rows', async () => {
      expect((await verdicts())['home-covers']).toBe('PASS');
    });
  });
});
