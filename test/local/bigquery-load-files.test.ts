import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DuckDBInstance } from '@duckdb/node-api';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { bigQueryWarehouse } from '../../shared/adapters/gcp/bigquery-warehouse.ts';
import {
  type BigQueryServer,
  openBigQueryServer,
} from '../../shared/adapters/local/bigquery/server.ts';
import type { Column } from '../../shared/core/column.ts';
import { parseTableName } from '../../shared/core/ids.ts';
import type { Warehouse } from '../../shared/ports/warehouse.ts';

const TABLE = parseTableName('ds.t');
const COLUMNS: readonly Column[] = [
  { name: 'day', type: 'DATE', required: true },
  { name: 'k', type: 'INT64', required: true },
  { name: 'n', type: 'INT64', required: false },
];

let directory: string;
let file: string;
let server: BigQueryServer | null;
let warehouse: Warehouse;

beforeEach(() => {
  directory = mkdtempSync(join(tmpdir(), 'phasegate-file-'));
  file = join(directory, 'warehouse.duckdb');
  server = null;
});
afterEach(async () => {
  await close();
  rmSync(directory, { recursive: true });
});

async function open(): Promise<void> {
  server = await openBigQueryServer({ file });
  warehouse = bigQueryWarehouse({ projectId: 'local', apiEndpoint: server.url });
  await warehouse.ensureTable({
    name: TABLE,
    columns: COLUMNS,
    dayColumn: 'day',
    requireDayFilter: true,
  });
}
async function close(): Promise<void> {
  await server?.close();
  server = null;
}

describe('files to load', () => {
  const load = (path: string, columns: readonly Column[] | null, format: 'csv' | 'parquet') =>
    warehouse.loadFile(parseTableName('ds.loaded'), { path, format, columns });
  const parquet = async (select: string) => {
    const path = join(directory, 'x.parquet');
    const instance = await DuckDBInstance.create(':memory:');
    const connection = await instance.connect();
    await connection.run(`COPY (${select}) TO '${path}' (FORMAT parquet)`);
    instance.closeSync();
    return path;
  };

  it('keep every byte of a Parquet file, whose own schema decides', async () => {
    await open();
    const path = await parquet(
      "SELECT range AS i, range / 7 AS f, 'ä' || range AS s, DATE '2024-01-01' + (range % 31)::INTEGER AS d, TIMESTAMPTZ '2024-01-01 00:00:00+00' AS t, range % 2 = 0 AS b, [range::VARCHAR] AS a FROM range(200000)",
    );
    expect(await load(path, null, 'parquet')).toEqual({ rows: 200_000 });
    const columns = await warehouse.columnsOf(parseTableName('ds.loaded'));
    expect(columns?.map(({ name, type }) => `${name} ${type}`)).toEqual([
      'i INT64',
      'f FLOAT64',
      's STRING',
      'd DATE',
      't TIMESTAMP',
      'b BOOL',
      'a ARRAY<STRING>',
    ]);
    const { rows } = await warehouse.query({
      sql: 'SELECT SUM(i) AS i, ROUND(SUM(f), 3) AS f, COUNT(DISTINCT s) AS s, MAX(d) AS d, COUNTIF(b) AS b FROM `ds.loaded`',
      params: {},
    });
    expect(rows).toEqual([
      { i: 19_999_900_000, f: 2_857_128_571.429, s: 200_000, d: '2024-01-31', b: 100_000 },
    ]);
  });

  it('name the column of a Parquet file that has another type than expected', async () => {
    await open();
    const path = await parquet("SELECT 'x' AS n");
    await expect(
      load(path, [{ name: 'n', type: 'INT64', required: false }], 'parquet'),
    ).rejects.toMatchObject({
      kind: 'invalid-input',
      message: expect.stringMatching(/x\.parquet: column n is STRING in the file, expected INT64/),
    });
  });

  it('name file, row and column of a CSV value of the wrong type', async () => {
    await open();
    const path = join(directory, 'games.csv');
    writeFileSync(path, 'k,day\n1,2024-01-01\n2,2024-01-01\n2.5,2024-01-01\n');
    const columns = COLUMNS.filter(({ name }) => name !== 'n');
    await expect(load(path, columns, 'csv')).rejects.toMatchObject({
      kind: 'invalid-input',
      message: expect.stringMatching(/games\.csv: row 3, column k: "2\.5" is not a INT64/),
    });
  });

  it('are refused when a value is not a number', async () => {
    await open();
    const path = await parquet("SELECT 'nan'::DOUBLE AS f");
    await expect(load(path, null, 'parquet')).rejects.toMatchObject({
      kind: 'invalid-input',
      message: expect.stringContaining('column f has 1 values NaN'),
    });
  });

  it('may arrive in pieces of a resumable upload', async () => {
    await open();
    const path = await parquet("SELECT range AS i, 'ä' || range AS s FROM range(50000)");
    const bytes = readFileSync(path);
    const started = await fetch(
      `${server?.url}/upload/bigquery/v2/projects/local/jobs?uploadType=resumable`,
      {
        method: 'POST',
        body: JSON.stringify({
          configuration: {
            load: {
              destinationTable: { projectId: 'local', datasetId: 'ds', tableId: 'loaded' },
              sourceFormat: 'PARQUET',
              writeDisposition: 'WRITE_TRUNCATE',
            },
          },
        }),
      },
    );
    const location = started.headers.get('location') ?? '';
    const half = Math.floor(bytes.length / 2);
    const put = (from: number, to: number) =>
      fetch(location, {
        method: 'PUT',
        headers: { 'content-range': `bytes ${from}-${to - 1}/${bytes.length}` },
        body: bytes.subarray(from, to),
        redirect: 'manual',
      });
    const first = await put(0, half);
    expect([first.status, first.headers.get('range')]).toEqual([308, `bytes=0-${half - 1}`]);
    const job = (await (await put(half, bytes.length)).json()) as { status: { state: string } };
    expect(job.status).toEqual({ state: 'DONE' });
    const { rows } = await warehouse.query({
      sql: 'SELECT COUNT(*) AS c FROM `ds.loaded`',
      params: {},
    });
    expect(rows).toEqual([{ c: 50_000 }]);
  });
});
