import { mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
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
import type { Warehouse } from '../../shared/ports/warehouse.ts';
import { assess } from '../../shared/shell/assess.ts';
import { ensureTables } from '../../shared/shell/ensure-tables.ts';
import { loadSource } from '../../shared/shell/load-source.ts';
import { runJob } from '../../shared/shell/run-job.ts';
import { replaceStatement } from '../../shared/sql/replace.ts';
import { day, RUN, selectTablesOf } from '../core/build.ts';
import { writeTinyLeague } from '../fixtures/tiny-league.ts';

const TINY = readFileSync('test/fixtures/tiny.yaml', 'utf8');
const ALL = parseDaySet('2022-01-01..2022-01-10');
const waiver = (until: string) =>
  `waivers: [{ table: analytics.team_games, check: days, days: 2022-01-04, reason: arena closed, who: ana, until: ${until} }]`;
const pipelineWith = (overlay: string | null = null): Pipeline =>
  readPipeline(
    { file: 'tiny.yaml', text: TINY },
    overlay === null ? null : { file: 'overlay.yaml', text: overlay },
    () => '',
  ).pipeline;

describe('a gate on a real warehouse', () => {
  const pipeline = pipelineWith();
  const [teamGames, form] = selectTablesOf(pipeline);
  let server: Awaited<ReturnType<typeof openBigQueryServer>>;
  let warehouse: Warehouse;
  let readings = 0;
  let purposes: readonly string[] = [];

  const now = () => new Date().toISOString();
  const judge = async (which = pipeline, at = now()) => {
    const tables = tablesOf(which);
    const range = { from: day('2022-01-01'), to: day('2022-01-10') };
    const { tables: all, statements } = await assess(
      warehouse,
      which,
      { id: `r${readings++}`, relations: tables, ...range },
      at,
    );
    purposes = statements.map(({ purpose }) => purpose);
    return all;
  };
  const checkOf = async (id: string, which = pipeline, at = now()) =>
    (await judge(which, at))[0]?.judgement.checks.find((check) => check.id === id);
  const load = async (rows: (line: string) => string | null) => {
    const directory = mkdtempSync(join(tmpdir(), 'phasegate-'));
    writeTinyLeague(directory);
    for (const name of ['raw_schedule', 'raw_box']) {
      const path = join(directory, `${name}.csv`);
      const [header = '', ...lines] = readFileSync(path, 'utf8').trim().split('\n');
      const kept = name === 'raw_box' ? lines.flatMap((line) => rows(line) ?? []) : lines;
      writeFileSync(path, [header, ...kept, ''].join('\n'));
      const source = sourceNamed(pipeline, parseTableName(name.replace('_', '.')));
      const file = { path, format: 'csv', header: header.split(',') } as const;
      await loadSource(warehouse, source!, source!.load!, file, `load-${readings++}`);
    }
  };
  const write = (table: NonNullable<typeof teamGames>, attempt: number, days = ALL) =>
    runJob(
      warehouse,
      { run: RUN, launch: launchId(RUN, table.name, attempt), table, days },
      now,
      () => {},
    );

  beforeAll(async () => {
    server = await openBigQueryServer({ file: ':memory:' });
    warehouse = bigQueryWarehouse({ projectId: 'local', apiEndpoint: server.url });
    await ensureTables(warehouse, pipeline, SYSTEM_TABLES);
    await load((line) => line);
    await write(teamGames!, 1);
    await write(form!, 1);
  });
  afterAll(() => server.close());

  it('passes what is whole, and reads no day again that has not changed', async () => {
    const first = await judge();
    expect(first.map(({ judgement }) => judgement.verdict)).toEqual(['PASS', 'PASS']);
    const second = await judge();
    expect(second.map(({ daysRead }) => daysRead)).toEqual([[], []]);
    expect(purposes).toEqual(['schedule', 'kept']);
  });

  it('keeps the days between two days of a late file, and makes stale exactly what reads those two', async () => {
    await load((line) => {
      if (line.includes(',2022-01-03,')) return line.replace(/\d+$/, '120');
      return line.includes(',2022-01-07,') ? line.replace(/\d+$/, '121') : null;
    });
    const states = await warehouse.dayStates([parseTableName('raw.box')]);
    expect(states.filter(({ rows }) => rows === 4).length).toBe(10);
    expect((await checkOf('fresh'))?.days).toEqual(parseDaySet('2022-01-03,2022-01-07'));
  });

  it('after the two days are written anew, only what reads them is stale', async () => {
    await write(teamGames!, 2, parseDaySet('2022-01-03,2022-01-07'));
    const [teams, forms] = await judge();
    expect(teams?.judgement.verdict).toBe('PASS');
    expect(teams?.daysRead).toEqual(parseDaySet('2022-01-03,2022-01-07'));
    expect(forms?.outcomes).toMatchObject({
      VERIFIED: parseDaySet('2022-01-03'),
      STALE: parseDaySet('2022-01-04..2022-01-10'),
    });
  });

  it('believes how a launch ended, not the marker with which it began', async () => {
    const { rows } = await warehouse.query({
      sql: "SELECT COUNT(*) AS n FROM `phasegate.run_history` WHERE status = 'running'",
      params: {},
    });
    expect(rows[0]?.n).toBeGreaterThan(0);
    const [teams] = await judge();
    expect(teams?.outcomes).toEqual({ VERIFIED: ALL });
  });

  it.each([
    ['on a day without a game', '2022-01-11'],
    ['on a day whose only game does not count', '2021-12-30'],
  ])('makes a foreign row %s a failure, and names the day', async (_, at) => {
    await warehouse.append(
      parseTableName('analytics.team_games'),
      [{ game_id: 'x', game_date: at, team: 'AAA', points: 100 }],
      { jobId: `foreign-${at}` },
    );
    const from = at < '2022-01-01' ? day(at) : day('2022-01-01');
    const range = { from, to: at > '2022-01-10' ? day(at) : day('2022-01-10') };
    const { tables } = await assess(
      warehouse,
      pipeline,
      { id: 'f', relations: [teamGames!], ...range },
      now(),
    );
    const placed = tables[0]?.judgement.checks.find((check) => check.id === 'placed');
    expect(placed).toMatchObject({ verdict: 'FAIL', days: parseDaySet(at) });
  });

  it('honours a waiver through its last day, and not a day longer', async () => {
    await warehouse.write(
      {
        sql: replaceStatement({
          ...teamGames!,
          table: teamGames!.name,
          select: `${teamGames!.job.select} AND FALSE`,
        }),
        params: {
          from: { type: 'DATE', value: '2022-01-04' },
          to: { type: 'DATE', value: '2022-01-04' },
        },
      },
      { jobId: 'emptied' },
    );
    const waived = pipelineWith(waiver('2026-06-30'));
    expect((await checkOf('days'))?.verdict).toBe('FAIL');
    expect((await checkOf('days', waived, '2026-06-30T12:00:00.000Z'))?.verdict).toBe('WARN');
    const lateInTheEvening = '2026-07-01T03:59:00.000Z';
    expect((await checkOf('days', waived, lateInTheEvening))?.verdict).toBe('WARN');
    const midnight = '2026-07-01T04:00:00.000Z';
    expect((await checkOf('days', waived, midnight))?.verdict).toBe('FAIL');
  });

  it('makes stale what read a day that vanished', async () => {
    const [, forms] = await judge();
    expect(forms?.outcomes.STALE).toEqual(parseDaySet('2022-01-04..2022-01-10'));
  });

  it('says UNKNOWN for a check whose expression fails on the data, and judges its neighbours', async () => {
    const broken = readPipeline(
      {
        file: 'tiny.yaml',
        text: TINY.replace(
          '{ id: points-range, kind: range, column: points, min: 50, max: 200 }',
          '{ id: points-range, kind: identity, left: 1 / (points - points), right: "0", atLeastPercent: 1 }',
        ),
      },
      null,
      () => '',
    ).pipeline;
    expect((await checkOf('points-range', broken))?.verdict).toBe('UNKNOWN');
    expect((await checkOf('points-filled', broken))?.verdict).toBe('PASS');
  });
});
