import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { bigQueryWarehouse } from '../../shared/adapters/gcp/bigquery-warehouse.ts';
import {
  type BigQueryServer,
  openBigQueryServer,
} from '../../shared/adapters/local/bigquery/server.ts';
import { parseTableName } from '../../shared/core/ids.ts';
import type { Warehouse } from '../../shared/ports/warehouse.ts';
import { type CountedServer, countedServer } from './gate/counted-server.ts';

const BOX = { name: parseTableName('raw.box'), dayColumn: 'day', requireDayFilter: false } as const;
const COUNT = { sql: 'SELECT COUNT(*) AS n FROM `raw.box`', params: {} };

let directory = '';
let server: BigQueryServer;
let counted: CountedServer;
let warehouse: Warehouse;
beforeEach(async () => {
  directory = mkdtempSync(join(tmpdir(), 'phasegate-bench-'));
  server = await openBigQueryServer({ file: join(directory, 'warehouse.duckdb') });
  counted = await countedServer(server.url);
  warehouse = bigQueryWarehouse({ projectId: 'local', apiEndpoint: counted.url });
  const columns = [{ name: 'day', type: 'DATE', required: true }] as const;
  await warehouse.ensureTable({ ...BOX, columns });
});
afterEach(async () => {
  await counted.close();
  await server.close();
  rmSync(directory, { recursive: true });
});

it('a query is counted, its dry run and an append are not', async () => {
  await warehouse.append(BOX.name, [{ day: '2022-01-10' }], { jobId: 'append-1' });
  await warehouse.dryRun(COUNT);
  expect(counted.queryJobs()).toBe(0);
  expect((await warehouse.query(COUNT)).rows).toEqual([{ n: 1 }]);
  expect(counted.queryJobs()).toBe(1);
});

it('the days of one dataset are one query', async () => {
  await warehouse.dayStates([BOX.name]);
  expect(counted.queryJobs()).toBe(1);
});

it('a job id that comes again is no second query', async () => {
  await warehouse.query(COUNT, { jobId: 'the-same' });
  await warehouse.query(COUNT, { jobId: 'the-same' });
  expect(counted.queryJobs()).toBe(1);
});
