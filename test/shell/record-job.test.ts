import { afterAll, beforeAll, expect, it } from 'vitest';
import { bigQueryWarehouse } from '../../shared/adapters/gcp/bigquery-warehouse.ts';
import { openBigQueryServer } from '../../shared/adapters/local/bigquery/server.ts';
import { openStateFile } from '../../shared/adapters/local/sqlite-file.ts';
import { sqliteRunStore } from '../../shared/adapters/local/sqlite-run-store.ts';
import { launchId, parseRunId } from '../../shared/core/ids.ts';
import type { JobFinishedMessage } from '../../shared/core/messages.ts';
import { SYSTEM_TABLES } from '../../shared/core/system-tables.ts';
import type { Warehouse } from '../../shared/ports/warehouse.ts';
import type { World } from '../../shared/ports/world.ts';
import { record } from '../../shared/shell/drain.ts';
import { ensureTables } from '../../shared/shell/ensure-tables.ts';
import { recordJob } from '../../shared/shell/record-job.ts';
import { neverRan, pipeline, requested, teams } from '../core/run-story.ts';

const RUN = parseRunId('tiny-20220101-20220131-0a1b2c3d');
let server: Awaited<ReturnType<typeof openBigQueryServer>>;
let warehouse: Warehouse;

beforeAll(async () => {
  server = await openBigQueryServer({ file: ':memory:' });
  warehouse = bigQueryWarehouse({ projectId: 'local', apiEndpoint: server.url });
  await ensureTables(warehouse, pipeline, SYSTEM_TABLES);
});
afterAll(() => server.close());

async function startedWorld(): Promise<World> {
  const world = {
    runs: sqliteRunStore(openStateFile(':memory:')),
    bus: { publish: async () => 'm' },
    warehouse,
    pipelineOf: async () => pipeline,
    now: () => '2026-01-03T04:00:00.000Z',
  } as unknown as World;
  await record(world, RUN, 'requested', requested);
  await record(world, RUN, 'outcomes:1', neverRan);
  return world;
}

const finished = (
  attempt: number,
  result: JobFinishedMessage['result'],
  metrics: JobFinishedMessage['metrics'],
): JobFinishedMessage => ({
  run: RUN,
  launch: launchId(RUN, teams.name, attempt),
  table: teams.name,
  attempt,
  result,
  message: '',
  metrics,
});

async function kept() {
  const sql =
    'SELECT launch, metric, value, data_from, data_to, recorded_on FROM `phasegate.metrics` ORDER BY launch, metric';
  return (await warehouse.query({ sql, params: {} })).rows;
}

it('numbers of a launch that succeeded are kept once, with the days that it wrote', async () => {
  const world = await startedWorld();
  await recordJob(world, finished(1, 'transient', { mae: 99 }));
  expect(await kept()).toEqual([]);
  const good = finished(1, 'succeeded', { mae: 4.19, rows_trained: 1200 });
  await recordJob(await startedWorld(), good);
  await recordJob(await startedWorld(), good);
  const row = {
    launch: good.launch,
    data_from: '2022-01-01',
    data_to: '2022-01-05',
    recorded_on: '2026-01-03',
  };
  expect(await kept()).toEqual([
    { ...row, metric: 'mae', value: 4.19 },
    { ...row, metric: 'rows_trained', value: 1200 },
  ]);
});

it('a job without numbers keeps none and has ended all the same', async () => {
  const before = await kept();
  const world = await startedWorld();
  await recordJob(world, finished(1, 'succeeded', {}));
  expect(await kept()).toEqual(before);
  expect((await world.runs.load(RUN))?.state?.tables[teams.name]?.tag).toBe('verifying');
});

it('a job that is not ready is launched again when it said, and no earlier', async () => {
  const world = await startedWorld();
  const retryAt = '2026-01-03T09:30:00.000Z';
  await recordJob(world, { ...finished(1, 'not-ready', {}), retryAt });
  expect((await world.runs.load(RUN))?.state?.tables[teams.name]).toMatchObject({
    tag: 'waiting',
    failures: 0,
    notBefore: retryAt,
  });
});
