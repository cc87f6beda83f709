import { readFileSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { bigQueryWarehouse } from '../../shared/adapters/gcp/bigquery-warehouse.ts';
import { openBigQueryServer } from '../../shared/adapters/local/bigquery/server.ts';
import { type FailureKind, PhasegateError } from '../../shared/core/errors.ts';
import { parseTableName } from '../../shared/core/ids.ts';
import { tablesOf } from '../../shared/core/pipeline.ts';
import { SYSTEM_TABLES } from '../../shared/core/system-tables.ts';
import { readPipeline } from '../../shared/edge/pipeline-file.ts';
import type { Warehouse } from '../../shared/ports/warehouse.ts';
import { refusalOf } from '../../shared/shell/accept-items.ts';
import { assess } from '../../shared/shell/assess.ts';
import { ensureTables } from '../../shared/shell/ensure-tables.ts';
import { readSchedule } from '../../shared/shell/read-schedule.ts';
import { day } from '../core/build.ts';

const text = readFileSync('test/fixtures/tiny.yaml', 'utf8');
const KEY = '          - { id: key, kind: unique }\n';
const BROKEN = `${KEY}
          - { id: no-such-column, kind: condition, holds: points > nowhere }
          - { id: fails-on-data, kind: condition, holds: 1 / (points - points) > 0 }
`;
const read = (file: string) =>
  readPipeline({ file: 'tiny.yaml', text: file }, null, () => '').pipeline;
const pipeline = read(text);
const broken = read(text.replace(KEY, () => BROKEN));
const RANGE = { from: day('2022-01-01'), to: day('2022-01-02') };
const relations = tablesOf(pipeline).slice(0, 1);

describe('a read that failed', () => {
  const failing = (kind: FailureKind) => () => Promise.reject(new PhasegateError(kind, 'it broke'));

  it.each(['unavailable', 'invalid-query', 'not-found'] as const)(
    'of the schedule (%s) is never an empty schedule',
    async (kind) => {
      const read = readSchedule(failing(kind), pipeline, relations, RANGE.from, RANGE.to);
      await expect(read).rejects.toMatchObject({ kind });
    },
  );

  it('for good is told of its check, and trouble that may pass is never taken for an answer', async () => {
    expect(await refusalOf(failing('invalid-query'))).toBe('it broke');
    expect(await refusalOf(failing('not-found'))).toBe('it broke');
    expect(await refusalOf(() => Promise.resolve())).toBeNull();
    await expect(refusalOf(failing('unavailable'))).rejects.toMatchObject({ kind: 'unavailable' });
    await expect(refusalOf(failing('pending'))).rejects.toMatchObject({ kind: 'pending' });
  });
});

describe('a gate on a warehouse', () => {
  let server: Awaited<ReturnType<typeof openBigQueryServer>>;
  let warehouse: Warehouse;
  let asked = 0;
  const judge = (which = pipeline) =>
    assess(
      warehouse,
      which,
      { id: `r${asked++}`, relations: tablesOf(which).slice(0, 1), ...RANGE },
      '2022-02-01T00:00:00.000Z',
    );

  beforeAll(async () => {
    server = await openBigQueryServer({ file: ':memory:' });
    warehouse = bigQueryWarehouse({ projectId: 'local', apiEndpoint: server.url });
  });
  afterAll(() => server.close());

  it('without a schedule judges nothing', async () => {
    await expect(judge()).rejects.toMatchObject({ kind: 'not-found' });
  });

  it('whose run history cannot be read judges nothing: no day is said to have never run', async () => {
    await ensureTables(warehouse, pipeline, []);
    await expect(judge()).rejects.toMatchObject({ kind: 'not-found' });
  });

  it('expects a game once, however many rows the schedule has of it', async () => {
    await ensureTables(warehouse, pipeline, SYSTEM_TABLES);
    const game = {
      game_id: '20220101_BBB_AAA',
      game_date: '2022-01-01',
      season_year: 2021,
      season_type: 'regular',
      game_status: 3,
      home: 'AAA',
      away: 'BBB',
    };
    await warehouse.append(parseTableName('raw.schedule'), [game, game], { jobId: 'twice' });
    const { schedule, tables } = await judge();
    expect(schedule.games.get(RANGE.from)?.map(({ id }) => id)).toEqual(['20220101_BBB_AAA']);
    expect(tables[0]?.judgement.checks.find(({ id }) => id === 'team-games')?.observed).toBe(
      '0/2 (0.0%) team-games',
    );
  });

  it('refuses what does not compile and what fails on the data, and no neighbour read with it', async () => {
    const row = { game_id: '20220101_BBB_AAA', game_date: '2022-01-01' };
    await warehouse.append(
      parseTableName('analytics.team_games'),
      [
        { ...row, team: 'AAA', points: 100 },
        { ...row, team: 'BBB', points: 90 },
      ],
      { jobId: 'rows' },
    );
    const { tables } = await judge(broken);
    const { checks, verdict } = tables[0]!.judgement;
    const unknown = checks.filter((check) => check.verdict === 'UNKNOWN').map(({ id }) => id);
    expect(unknown).toEqual(['no-such-column', 'fails-on-data']);
    expect(checks.find(({ id }) => id === 'no-such-column')?.message).toContain('nowhere');
    expect(checks.filter((check) => check.verdict === 'PASS').map(({ id }) => id)).toEqual(
      expect.arrayContaining(['days', 'team-games', 'key', 'points-filled', 'points-range']),
    );
    expect(verdict).toBe('UNKNOWN');
  });
});
