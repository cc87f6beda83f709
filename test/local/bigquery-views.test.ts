import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DuckDBInstance } from '@duckdb/node-api';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { bigQueryWarehouse } from '../../shared/adapters/gcp/bigquery-warehouse.ts';
import {
  type BigQueryServer,
  openBigQueryServer,
} from '../../shared/adapters/local/bigquery/server.ts';
import { parseTableName } from '../../shared/core/ids.ts';
import type { Warehouse } from '../../shared/ports/warehouse.ts';

const TABLE = parseTableName('ds.t');
const VIEW = parseTableName('ds_verified.t');
const SQL = "-- days: 2024-01-01..2024-01-02\nSELECT * FROM `ds.t` WHERE day <= DATE '2024-01-02'";

let directory: string;
let file: string;
let server: BigQueryServer;
let warehouse: Warehouse;

beforeEach(async () => {
  directory = mkdtempSync(join(tmpdir(), 'phasegate-views-'));
  file = join(directory, 'warehouse.duckdb');
  await open();
  await warehouse.ensureTable({
    name: TABLE,
    columns: [
      { name: 'day', type: 'DATE', required: false },
      { name: 'n', type: 'INT64', required: false },
    ],
    dayColumn: 'day',
    requireDayFilter: true,
  });
  await warehouse.append(
    TABLE,
    ['01', '02', '03'].map((day) => ({ day: `2024-01-${day}`, n: 1 })),
    {
      jobId: 'rows',
    },
  );
  await warehouse.replaceView(VIEW, SQL);
});
afterEach(async () => {
  await server.close();
  rmSync(directory, { recursive: true });
});

async function open(): Promise<void> {
  server = await openBigQueryServer({ file });
  warehouse = bigQueryWarehouse({ projectId: 'local', apiEndpoint: server.url });
}

async function elsewhere(statement: string): Promise<unknown[][]> {
  const instance = await DuckDBInstance.create(file);
  const connection = await instance.connect();
  const rows = (await connection.runAndReadAll(statement)).getRowsJson();
  connection.closeSync();
  instance.closeSync();
  return rows;
}

const countOf = async () =>
  (await warehouse.query({ sql: `SELECT SUM(n) AS n FROM \`${VIEW}\``, params: {} })).rows;

it('keeps text and meaning of a view over a restart', async () => {
  await server.close();
  await open();
  expect(await warehouse.viewSql(VIEW)).toBe(SQL);
  expect(await countOf()).toEqual([{ n: 2 }]);
});

it('shows the view to whoever opens the file', async () => {
  await server.close();
  expect(await elsewhere('SELECT count(*) FROM ds_verified.t')).toEqual([['2']]);
  await open();
});

it('forgets a view that somebody dropped from the file', async () => {
  await server.close();
  await elsewhere('DROP VIEW ds_verified.t');
  await open();
  expect(await warehouse.viewSql(VIEW)).toBeNull();
  await expect(countOf()).rejects.toMatchObject({ kind: 'not-found' });
  await warehouse.replaceView(VIEW, SQL);
  expect(await countOf()).toEqual([{ n: 2 }]);
});

it('refuses a view with a parameter, which nobody could give it', async () => {
  await expect(
    warehouse.replaceView(VIEW, 'SELECT n FROM `ds.t` WHERE day = @day'),
  ).rejects.toMatchObject({ kind: 'invalid-query', message: expect.stringContaining("'day'") });
});

it('refuses a view written in the legacy dialect', async () => {
  const response = await fetch(`${server.url}/bigquery/v2/projects/local/datasets/ds/tables`, {
    method: 'POST',
    body: JSON.stringify({
      tableReference: { datasetId: 'ds', tableId: 'v' },
      view: { query: 'SELECT 1 AS x' },
    }),
  });
  expect([response.status, await response.text()]).toEqual([
    400,
    expect.stringContaining('view.useLegacySql'),
  ]);
});

it('refuses a new query for a table', async () => {
  const response = await fetch(`${server.url}/bigquery/v2/projects/local/datasets/ds/tables/t`, {
    method: 'PATCH',
    body: JSON.stringify({ view: { query: 'SELECT 1 AS x', useLegacySql: false } }),
  });
  expect([response.status, await response.text()]).toEqual([
    400,
    expect.stringContaining('ds.t is not a view'),
  ]);
});

it('demands days of the reader where the view names none', async () => {
  await warehouse.replaceView(VIEW, 'SELECT day AS d, n FROM `ds.t`');
  await expect(countOf()).rejects.toMatchObject({
    kind: 'invalid-query',
    message: expect.stringContaining("filter over column 'day'"),
  });
  const { rows } = await warehouse.query({
    sql: `SELECT SUM(n) AS n FROM \`${VIEW}\` WHERE d >= DATE '2024-01-02'`,
    params: {},
  });
  expect(rows).toEqual([{ n: 2 }]);
});
