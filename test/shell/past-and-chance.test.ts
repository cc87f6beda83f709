import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { bigQueryWarehouse } from '../../shared/adapters/gcp/bigquery-warehouse.ts';
import { openBigQueryServer } from '../../shared/adapters/local/bigquery/server.ts';
import { countDays, parseDaySet } from '../../shared/core/day-set.ts';
import { addDays } from '../../shared/core/days.ts';
import { SYSTEM_TABLES } from '../../shared/core/system-tables.ts';
import { readPipeline } from '../../shared/edge/pipeline-file.ts';
import type { Warehouse } from '../../shared/ports/warehouse.ts';
import { assess } from '../../shared/shell/assess.ts';
import { ensureTables } from '../../shared/shell/ensure-tables.ts';
import { loadSource } from '../../shared/shell/load-source.ts';
import { replaceStatement } from '../../shared/sql/replace.ts';
import { day, selectTablesOf } from '../core/build.ts';

const text = readFileSync('test/fixtures/two-seasons.yaml', 'utf8');
const { pipeline } = readPipeline({ file: 'two-seasons.yaml', text }, null, () => '');
const players = selectTablesOf(pipeline)[0]!;
const LENGTH = 30;
const FIRST = { from: day('2021-11-01'), to: day('2021-11-30') };
const SECOND = { from: day('2022-11-03'), to: day('2022-12-02') };
const STATISTICAL = [
  'odd-days',
  'usage-regression',
  'rows-regression',
  'price-regression',
  'usage-drift',
  'usage-decay',
  'usage-step',
];

/** Two games a day on thirty days of each season. */
function scheduleFile(directory: string): string {
  const path = join(directory, 'raw_schedule.csv');
  const rows = [FIRST, SECOND].flatMap(({ from }) =>
    Array.from({ length: 2 * LENGTH }, (_, n) => {
      const on = addDays(from, n >> 1);
      return `${on}-${n % 2},${on},${on.slice(0, 4)},regular,3,H${n % 2},A${n % 2}`;
    }),
  );
  const header = 'game_id,game_date,season_year,season_type,game_status,home,away';
  writeFileSync(path, [header, ...rows, ''].join('\n'));
  return path;
}

describe('checks that compare with the past or with chance, on a real warehouse', () => {
  const directory = mkdtempSync(join(tmpdir(), 'phasegate-'));
  let server: Awaited<ReturnType<typeof openBigQueryServer>>;
  let warehouse: Warehouse;
  let jobs = 0;

  const now = () => new Date().toISOString();
  const judge = async (range: typeof FIRST) => {
    const request = { id: `r${jobs++}`, relations: [players], ...range };
    const assessed = (await assess(warehouse, pipeline, request, now())).tables[0]!;
    const found = (id: string) => assessed.judgement.checks.find((check) => check.id === id);
    return { ...assessed, found };
  };
  /** Writes the days with the job's own statement, changed by hand. */
  const write = (days: typeof FIRST, change = (select: string) => select) =>
    warehouse.write(
      {
        sql: replaceStatement({
          ...players,
          table: players.name,
          select: change(players.job.select),
        }),
        params: {
          from: { type: 'DATE', value: days.from },
          to: { type: 'DATE', value: days.to },
        },
      },
      { jobId: `write-${jobs++}` },
    );
  const withoutUsage = (select: string) => select.replace('10 + n / 2 END', 'NULL END');

  beforeAll(async () => {
    server = await openBigQueryServer({ file: ':memory:' });
    warehouse = bigQueryWarehouse({ projectId: 'local', apiEndpoint: server.url });
    await ensureTables(warehouse, pipeline, SYSTEM_TABLES);
    const source = pipeline.sources[0]!;
    const path = scheduleFile(directory);
    const header = readFileSync(path, 'utf8').split('\n')[0]!.split(',');
    await loadSource(warehouse, source, source.load!, { path, format: 'csv', header }, 'load');
    await write(FIRST);
    await write(SECOND);
  });
  afterAll(async () => {
    await server.close();
    rmSync(directory, { recursive: true });
  });

  it('pass two seasons that are alike, every one of them', async () => {
    const { judgement } = await judge({ from: FIRST.from, to: SECOND.to });
    expect(judgement.checks.filter(({ verdict }) => verdict !== 'PASS')).toEqual([]);
    expect(judgement.checks.map(({ id }) => id)).toEqual(expect.arrayContaining(STATISTICAL));
  });

  it('take numbers of all types as they are', async () => {
    const { found } = await judge(SECOND);
    expect(found('price-spread')?.observed).toBe('mean 9.5, sd 5.769 of 1200 values');
    expect(found('usage-regression')?.observed).toBe(
      'season 2022 with season 2021: OK, 1080/1080 (100.0%) before, 1080/1080 (100.0%) now',
    );
    expect(found('price-regression')?.observed).toContain('with 2021-11-01..2021-11-20: OK, 9.5');
    expect(found('rows-regression')?.observed).toContain('OK, 20 before, 20 now');
  });

  it('read the season before as the baseline when only the second is judged, and only once', async () => {
    const { judgement, facts, daysRead } = await judge(SECOND);
    expect(judgement).toMatchObject({ expectedDays: LENGTH, coveredDays: LENGTH });
    expect(countDays(facts.expected)).toBe(LENGTH);
    expect([...facts.profile.days.keys()].sort()[0]).toBe(FIRST.from);
    expect(daysRead).toEqual([]);
  });

  it('leave the first season alone where a baseline is promised from the second on', async () => {
    const { judgement } = await judge(FIRST);
    expect(judgement.verdict).toBe('PASS');
    const ids = judgement.checks.map(({ id }) => id).filter((id) => STATISTICAL.includes(id));
    expect(ids).toEqual(['odd-days', 'price-regression', 'usage-decay', 'usage-step']);
  });

  it('warn of a usage that is empty from one day on, and name the day', async () => {
    await write({ from: day('2022-11-20'), to: SECOND.to }, withoutUsage);
    const { judgement, found } = await judge(SECOND);
    expect(judgement.verdict).toBe('WARN');
    const days = parseDaySet('2022-11-20..2022-12-02');
    expect(found('usage-regression')).toMatchObject({ verdict: 'FAIL', severity: 'warn', days });
    expect(found('usage-step')?.observed).toBe(
      'since 2022-11-20: 612/612 (100.0%) before, 0/468 (0.0%) after',
    );
    expect(found('usage-drift')?.verdict).toBe('FAIL');
    expect(found('usage-drift')?.observed).toContain('most: NULL, 0.0% before, 43.3% now');
    expect(found('rows-regression')?.verdict).toBe('PASS');
    expect(found('usage-varies')?.message).toContain('17 of 30 days have enough of them to tell');
  });

  it('compare with no baseline that does not pass itself, and say why', async () => {
    await write(SECOND);
    await write(
      { from: day('2021-11-11'), to: day('2021-11-12') },
      (select) => `${select} AND FALSE`,
    );
    const { judgement, found } = await judge(SECOND);
    expect(judgement.verdict).toBe('UNKNOWN');
    for (const id of ['usage-regression', 'rows-regression', 'price-regression', 'usage-drift']) {
      expect(found(id)?.verdict).toBe('UNKNOWN');
      expect(found(id)?.message).toContain(
        'does not pass itself (days: 2 expected days have no row)',
      );
    }
    expect(found('usage-step')?.verdict).toBe('PASS');
  });
});
