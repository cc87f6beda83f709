import { mkdtempSync, readFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { bigQueryWarehouse } from '../../shared/adapters/gcp/bigquery-warehouse.ts';
import { openBigQueryServer } from '../../shared/adapters/local/bigquery/server.ts';
import { evidenceKeeper } from '../../shared/adapters/local/evidence-keeper.ts';
import { openStateFile } from '../../shared/adapters/local/sqlite-file.ts';
import { sqliteRunStore } from '../../shared/adapters/local/sqlite-run-store.ts';
import { parseDaySet } from '../../shared/core/day-set.ts';
import { PhasegateError } from '../../shared/core/errors.ts';
import {
  launchId,
  parsePhaseName,
  parseRunId,
  parseTableName,
  type RunId,
} from '../../shared/core/ids.ts';
import { judgeAgain } from '../../shared/core/judge/judge-again.ts';
import { sourceNamed, type Table, tablesOf } from '../../shared/core/pipeline.ts';
import type { RunEvent } from '../../shared/core/run-event.ts';
import { SYSTEM_TABLES } from '../../shared/core/system-tables.ts';
import { readEvidence } from '../../shared/edge/evidence-text.ts';
import { readPipeline } from '../../shared/edge/pipeline-file.ts';
import type { Warehouse } from '../../shared/ports/warehouse.ts';
import type { World } from '../../shared/ports/world.ts';
import { record } from '../../shared/shell/drain.ts';
import { ensureTables } from '../../shared/shell/ensure-tables.ts';
import { loadSource } from '../../shared/shell/load-source.ts';
import { runGate } from '../../shared/shell/run-gate.ts';
import { runJob } from '../../shared/shell/run-job.ts';
import { calendarOf, day, RUN, requestOf, selectTablesOf } from '../core/build.ts';
import { writeTinyLeague } from '../fixtures/tiny-league.ts';

const definition = readPipeline(
  { file: 'tiny.yaml', text: readFileSync('test/fixtures/tiny.yaml', 'utf8') },
  null,
  () => '',
);
const { pipeline, hash } = definition;
const range = { from: day('2022-01-01'), to: day('2022-01-10') };
const [teamGames] = selectTablesOf(pipeline);
const ALL = '2022-01-01..2022-01-10';
const AT = '2026-01-03T04:00:00.000Z';

/** A run of one phase whose job has ended well: it asks for the gate of its table. */
function ranJob(run: RunId, { name, phase }: Table): readonly RunEvent[] {
  const others = tablesOf(pipeline).filter((each) => each.name !== name);
  const verified = others.map((each) => [each.name, { VERIFIED: parseDaySet(ALL) }]);
  const outcomes = { ...Object.fromEntries(verified), [name]: { NEVER_RAN: parseDaySet(ALL) } };
  const request = requestOf(pipeline, { ...range, phases: [phase] });
  return [
    { type: 'run-requested', run, request, definition: hash, by: 'ana', reason: '', at: AT },
    { type: 'outcomes-read', round: 1, calendar: calendarOf(ALL), outcomes, at: AT },
    { type: 'job-succeeded', table: name, attempt: 1, at: AT },
  ];
}

describe('a gate of a run', () => {
  let server: Awaited<ReturnType<typeof openBigQueryServer>>;
  let warehouse: Warehouse;
  let world: World;

  const rowsOf = async (table: string, order: string) => {
    const sql = `SELECT * FROM \`phasegate.${table}\` ORDER BY ${order}`;
    return (await warehouse.query({ sql, params: {} })).rows;
  };
  const kept = async (id: string) => readEvidence(id, await world.evidence.store.get(id));
  const verdictOf = async (factId: string, run = RUN) => {
    const facts = await world.runs.facts(run);
    return facts.find(({ id }) => id === factId)?.event;
  };

  beforeAll(async () => {
    server = await openBigQueryServer({ file: ':memory:' });
    warehouse = bigQueryWarehouse({ projectId: 'local', apiEndpoint: server.url });
    await ensureTables(warehouse, pipeline, SYSTEM_TABLES);
    const directory = mkdtempSync(join(tmpdir(), 'phasegate-'));
    writeTinyLeague(directory, (each) => each !== '2022-01-04');
    for (const name of ['raw_schedule', 'raw_box']) {
      const path = join(directory, `${name}.csv`);
      const header = readFileSync(path, 'utf8').split('\n')[0]!.split(',');
      const source = sourceNamed(pipeline, parseTableName(name.replace('_', '.')))!;
      await loadSource(warehouse, source, source.load!, { path, format: 'csv', header }, name);
    }
    const now = () => new Date().toISOString();
    const job = {
      run: RUN,
      launch: launchId(RUN, teamGames!.name, 1),
      table: teamGames!,
      days: parseDaySet('2022-01-01..2022-01-10'),
    };
    await runJob(warehouse, job, now, () => {});
    const parts = {
      runs: sqliteRunStore(openStateFile(':memory:')),
      bus: { publish: async () => '1' },
      warehouse,
      evidence: evidenceKeeper(directory),
      pipelineOf: async () => pipeline,
      now,
    };
    world = parts as unknown as World;
    for (const [n, event] of ranJob(RUN, teamGames!).entries()) {
      await record(world, RUN, `e${n}`, event);
    }
    await runGate(world, {
      run: RUN,
      round: 1,
      what: 'table',
      table: teamGames!.name,
      attempt: 1,
      look: 0,
    });
  });
  afterAll(() => server.close());

  it('keeps one row that counts its checks, says who asked, and names what it cost', async () => {
    const rows = await rowsOf('validation_runs', 'started_at');
    expect(rows.length).toBe(1);
    expect(rows[0]).toMatchObject({
      run: RUN,
      pipeline: 'tiny',
      definition: hash,
      policy: 'backfill',
      range_from: '2022-01-01',
      range_to: '2022-01-10',
      phase: null,
      table_name: teamGames!.name,
      verdict: 'FAIL',
      tables: 1,
      warned_checks: 0,
      unknown_checks: 0,
      requested_by: 'ana',
      code_version: expect.stringMatching(/^\d+\.\d+\.\d+\+[0-9a-f]{12}$/),
    });
    const [row] = rows;
    const results = await rowsOf('validation_results', 'position');
    expect(row?.total_checks).toBe(results.length);
    expect(Number(row?.passed_checks) + Number(row?.failed_checks)).toBe(row?.total_checks);
    expect(Number(row?.failed_checks)).toBeGreaterThan(0);
    expect(Number(row?.bytes_billed)).toBeGreaterThan(0);
    expect(Number(row?.bytes_billed)).toBeGreaterThanOrEqual(Number(row?.bytes_processed));
    expect(String(row?.ended_at) >= String(row?.started_at)).toBe(true);
  });

  it('keeps a row for each check in the order of the pipeline file', async () => {
    const rows = await rowsOf('validation_results', 'position');
    const declared = teamGames!.checks.map(({ id }) => id);
    expect(rows.map((row) => row.check_id).slice(0, declared.length)).toEqual(declared);
    expect(rows.map((row) => row.position)).toEqual(rows.map((_, index) => index + 1));
    const [run] = await rowsOf('validation_runs', 'started_at');
    expect(new Set(rows.map((row) => row.evidence))).toEqual(new Set([run?.evidence]));
  });

  it('keeps a file from which the same verdicts follow, under the hash that its row names', async () => {
    const [row] = await rowsOf('validation_runs', 'started_at');
    const evidence = await kept(String(row?.evidence));
    expect(evidence.sha256).toBe(row?.evidence_sha256);
    expect(evidence.verdict).toBe('FAIL');
    expect(judgeAgain(evidence)).toMatchObject({ verdict: 'FAIL', differences: [] });
    expect(evidence.tables[0]?.judgement.badDays).toEqual(parseDaySet('2022-01-04'));
  });

  it('keeps every statement with its text, its days and its job', async () => {
    const [row] = await rowsOf('validation_runs', 'started_at');
    const { statements } = await kept(String(row?.evidence));
    const scan = statements.find(({ sql }) => sql.includes('analytics.team_games'));
    expect(scan).toMatchObject({
      jobId: expect.stringMatching(/^tiny-/),
      params: expect.objectContaining({ from0: { type: 'DATE', value: '2022-01-01' } }),
    });
    expect(scan?.bytesBilled).toBeGreaterThan(0);
  });

  it('that could not judge keeps why, and its verdict is UNKNOWN', async () => {
    const [row] = await rowsOf('validation_runs', 'started_at');
    const broken = { ...pipeline.calendar, seasonStarts: [] };
    const other = { ...world, pipelineOf: async () => ({ ...pipeline, calendar: broken }) };
    const phase = parsePhaseName('analytics');
    await runGate(other, { run: RUN, round: 1, what: 'phase', phase, look: 0 });
    const rows = await rowsOf('validation_runs', 'started_at');
    expect(rows.length).toBe(2);
    const told = rows.find(({ evidence }) => evidence !== row?.evidence);
    expect(told).toMatchObject({ verdict: 'UNKNOWN', phase: 'analytics', total_checks: 0 });
    expect(told?.message).toMatch(/season 2021, whose start the pipeline does not know/);
    const evidence = await kept(String(told?.evidence));
    expect(evidence).toMatchObject({ verdict: 'UNKNOWN', trouble: told?.message });
    expect(await verdictOf('roll:1:analytics')).toMatchObject({
      tables: { [teamGames!.name]: { verdict: 'UNKNOWN', evidence: told?.evidence } },
    });
  });

  it('whose evidence cannot be kept is UNKNOWN, whatever it found', async () => {
    const store = {
      ...world.evidence.store,
      put: async () => Promise.reject(refusal),
    };
    const run = parseRunId(`${RUN}-2`);
    for (const [n, event] of ranJob(run, teamGames!).entries())
      await record(world, run, `e${n}`, event);
    const before = await rowsOf('validation_runs', 'started_at');
    const asked = {
      run,
      round: 1,
      what: 'table',
      table: teamGames!.name,
      attempt: 1,
      look: 0,
    } as const;
    await runGate({ ...world, evidence: { ...world.evidence, store } }, asked);
    expect(await rowsOf('validation_runs', 'started_at')).toEqual(before);
    expect(await verdictOf(`gate:1:${teamGames!.name}:1`, run)).toMatchObject({
      bytes: expect.toSatisfy((bytes: number) => bytes > 0),
      verdict: 'UNKNOWN',
      message: expect.stringContaining('evidence could not be kept: no room'),
    });
  });
});

const refusal = new PhasegateError('invalid-input', 'no room');
