import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { bigQueryWarehouse } from '../../shared/adapters/gcp/bigquery-warehouse.ts';
import { openBigQueryServer } from '../../shared/adapters/local/bigquery/server.ts';
import { parseDaySet } from '../../shared/core/day-set.ts';
import { parseTableName } from '../../shared/core/ids.ts';
import type { TableJudgement } from '../../shared/core/judge/facts.ts';
import { sourceNamed, tablesOf } from '../../shared/core/pipeline.ts';
import { SYSTEM_TABLES } from '../../shared/core/system-tables.ts';
import { readPipeline } from '../../shared/edge/pipeline-file.ts';
import type { Row } from '../../shared/ports/warehouse.ts';
import { assess } from '../../shared/shell/assess.ts';
import { ensureTables } from '../../shared/shell/ensure-tables.ts';
import { loadSource } from '../../shared/shell/load-source.ts';
import { day } from '../core/build.ts';
import { LEAGUE_DAYS, writeTinyLeague } from '../fixtures/tiny-league.ts';

const KEY = '          - { id: key, kind: unique }\n';
const KINDS = `${KEY}
          - { id: filled, kind: not-null, column: points, atLeastPercent: 100 }
          - { id: in-range, kind: range, column: points, min: 50, max: 200 }
          - { id: adds-up, kind: identity, left: points, right: parts, tolerance: 1, atLeastPercent: 100 }
          - { id: sane, kind: condition, holds: points > 0 }
          - { id: best, kind: category-share, column: tier, values: [gold], atLeastPercent: 100 }
          - { id: ready, kind: production-ready, tier: tier, score: score, issues: issues, atLeastPercent: 100 }
          - { id: scored, kind: group-condition, by: [team], holds: SUM(points) > 0 }
          - { id: tiers-once, kind: unique, columns: [team, tier] }
`;
const text = readFileSync('test/fixtures/tiny.yaml', 'utf8')
  .replace(KEY, () => KINDS)
  .replace(
    'points: INT64, processed_at',
    'points: INT64, parts: INT64, tier: STRING, score: FLOAT64, issues: STRING, is_production_ready: BOOL, processed_at',
  );
const { pipeline } = readPipeline({ file: 'tiny.yaml', text }, null, () => '');
const table = tablesOf(pipeline)[0]!;
const RANGE = { from: day('2022-01-01'), to: day('2022-01-10') };
const GOOD = { points: 100, parts: 99, tier: 'gold', score: 50, issues: null };

/** What the second row of a day has otherwise; it calls itself ready for production all the same. */
const OTHERWISE: Readonly<Record<string, Row>> = {
  '2022-01-02': { points: null, parts: null, tier: null, score: null },
  '2022-01-03': { points: 201, parts: 201 },
  '2022-01-04': { points: 49, parts: 49 },
  '2022-01-05': { tier: 'unusable' },
  '2022-01-06': { issues: 'thin_sample,missing_required:points' },
  '2022-01-07': { score: 49.9 },
  '2022-01-08': { parts: 102 },
  '2022-01-09': { parts: 98 },
  '2022-01-10': { points: 200, parts: 200, issues: 'thin_sample' },
};

describe('the kinds of checks over rows, on a real warehouse', () => {
  const directory = mkdtempSync(join(tmpdir(), 'phasegate-'));
  let server: Awaited<ReturnType<typeof openBigQueryServer>>;
  let judgement: TableJudgement;

  beforeAll(async () => {
    server = await openBigQueryServer({ file: ':memory:' });
    const warehouse = bigQueryWarehouse({ projectId: 'local', apiEndpoint: server.url });
    await ensureTables(warehouse, pipeline, SYSTEM_TABLES);
    writeTinyLeague(directory);
    const path = join(directory, 'raw_schedule.csv');
    const source = sourceNamed(pipeline, parseTableName('raw.schedule'))!;
    const header = readFileSync(path, 'utf8').split('\n')[0]!.split(',');
    await loadSource(warehouse, source, source.load!, { path, format: 'csv', header }, 'load');
    const rows = LEAGUE_DAYS.flatMap((on): Row[] => {
      const row = { ...GOOD, game_id: on, game_date: on, is_production_ready: true };
      return [
        { ...row, team: 'AAA' },
        { ...row, team: 'BBB', ...OTHERWISE[on] },
      ];
    });
    await warehouse.append(table.name, rows, { jobId: 'rows' });
    const request = { id: 'rows', relations: [table], ...RANGE };
    const { tables } = await assess(warehouse, pipeline, request, '2022-02-01T00:00:00.000Z');
    judgement = tables[0]!.judgement;
  });
  afterAll(async () => {
    await server.close();
    rmSync(directory, { recursive: true });
  });

  it.each([
    ['filled', '2022-01-02', '19/20'],
    ['in-range', '2022-01-02..2022-01-04', '17/20'],
    ['adds-up', '2022-01-02,2022-01-08..2022-01-09', '17/20'],
    ['sane', '2022-01-02', '19/20'],
    ['best', '2022-01-02,2022-01-05', '18/20'],
    ['ready', '2022-01-02,2022-01-05..2022-01-07', '16/20'],
    ['scored', '2022-01-02', '19/20'],
    ['tiers-once', '2022-01-02', '1 rows too many among 20'],
  ])(
    '%s fails exactly on %s: a NULL counts against it, the edges of its bounds hold',
    (id, days, observed) => {
      const found = judgement.checks.find((check) => check.id === id);
      expect(found).toMatchObject({ verdict: 'FAIL', days: parseDaySet(days) });
      expect(found?.observed).toContain(observed);
    },
  );

  it('a key without a NULL is unique in the same rows', () => {
    expect(judgement.checks.find(({ id }) => id === 'key')?.verdict).toBe('PASS');
  });
});
