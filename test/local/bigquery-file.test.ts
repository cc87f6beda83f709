import { spawn } from 'node:child_process';
import { once } from 'node:events';
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
import type { Statement, Warehouse } from '../../shared/ports/warehouse.ts';
import { replaceStatement } from '../../shared/sql/replace.ts';

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

/** `rowsADay` rows on each day of January 2024. */
function january(n: number, rowsADay = 2): Statement {
  return {
    sql: replaceStatement({
      table: TABLE,
      columns: COLUMNS,
      key: ['day', 'k'],
      dayColumn: 'day',
      select: `SELECT day, k, ${n} AS n FROM UNNEST(GENERATE_DATE_ARRAY(@from, @to)) AS day CROSS JOIN UNNEST(GENERATE_ARRAY(1, ${rowsADay})) AS k`,
    }),
    params: {
      from: { type: 'DATE', value: '2024-01-01' },
      to: { type: 'DATE', value: '2024-01-31' },
    },
  };
}

const total = async () =>
  (
    await warehouse.query({
      sql: "SELECT COUNT(*) AS c, SUM(n) AS n FROM `ds.t` WHERE day >= DATE '2000-01-01'",
      params: {},
    })
  ).rows[0];

async function elsewhere(...statements: string[]): Promise<unknown[][]> {
  const instance = await DuckDBInstance.create(file);
  const connection = await instance.connect();
  let rows: unknown[][] = [];
  for (const statement of statements)
    rows = (await connection.runAndReadAll(statement)).getRowsJson();
  connection.closeSync();
  instance.closeSync();
  return rows;
}

describe('a file that others open while nothing runs', () => {
  it('shows dataset and table under their own names', async () => {
    await open();
    await warehouse.write(january(1), { jobId: 'a' });
    await close();
    expect(await elsewhere('SELECT count(*) FROM ds.t')).toEqual([['62']]);
  });

  it('has kept its day states when nobody touched it', async () => {
    await open();
    await warehouse.write(january(1), { jobId: 'a' });
    const before = await warehouse.dayStates([TABLE]);
    await close();
    await open();
    expect(await warehouse.dayStates([TABLE])).toEqual(before);
  });

  it("moves the token of a day that someone else's UPDATE changed, and of no other", async () => {
    await open();
    await warehouse.write(january(1), { jobId: 'a' });
    const before = await warehouse.dayStates([TABLE]);
    await close();
    await elsewhere("UPDATE ds.t SET n = 2 WHERE day = '2024-01-07' AND k = 1");
    await open();
    const after = await warehouse.dayStates([TABLE]);
    const moved = after.filter(({ changedAt }, index) => changedAt !== before[index]?.changedAt);
    expect(moved.map(({ day, rows }) => [day, rows])).toEqual([['2024-01-07', 2]]);
    expect((moved[0]?.changedAt ?? '') > (before[6]?.changedAt ?? '')).toBe(true);
  });

  it("notices someone else's DELETE of a day and DROP of a table", async () => {
    await open();
    await warehouse.write(january(1), { jobId: 'a' });
    await close();
    await elsewhere("DELETE FROM ds.t WHERE day > '2024-01-02'");
    await open();
    const days = await warehouse.dayStates([TABLE]);
    expect(days.filter(({ rows }) => rows > 0).length).toBe(2);
    expect(days.filter(({ rows }) => rows === 0).length).toBe(29);
    await close();
    await elsewhere('DROP TABLE ds.t');
    server = await openBigQueryServer({ file });
    warehouse = bigQueryWarehouse({ projectId: 'local', apiEndpoint: server.url });
    expect(await warehouse.dayStates([TABLE])).toEqual([]);
    expect(await warehouse.columnsOf(TABLE)).toBeNull();
  });

  it('remembers which column is the day and that it must be named', async () => {
    await open();
    await close();
    await open();
    await expect(
      warehouse.query({ sql: 'SELECT k FROM `ds.t`', params: {} }),
    ).rejects.toMatchObject({
      kind: 'invalid-query',
    });
  });

  it('finds a job done that was done before it was closed', async () => {
    await open();
    const first = await warehouse.write(january(1), { jobId: 'a' });
    await warehouse.append(TABLE, [{ day: '2025-01-01', k: 1, n: 1 }], { jobId: 'b' });
    await close();
    await open();
    expect(await warehouse.write(january(5), { jobId: 'a' })).toEqual(first);
    await warehouse.append(TABLE, [{ day: '2025-01-01', k: 1, n: 1 }], { jobId: 'b' });
    expect(await total()).toEqual({ c: 63, n: 63 });
  });
});

const OWNER = `
import { openBigQueryServer } from '${new URL('../../shared/adapters/local/bigquery/server.ts', import.meta.url).href}';
const { url } = await openBigQueryServer({ file: process.argv[1] });
console.log(url);
process.stdin.resume();
`;

async function spawnOwner() {
  const child = spawn(process.execPath, ['--input-type=module-typescript', '-e', OWNER, file], {
    stdio: ['pipe', 'pipe', 'inherit'],
  });
  const [line] = await once(child.stdout, 'data');
  const kill = async () => {
    const ended = once(child, 'exit');
    child.kill('SIGKILL');
    await ended;
  };
  return { url: String(line).trim(), pid: child.pid, kill };
}

describe('an owner', () => {
  it('is named by its pid to a second one, in another process and in this one', async () => {
    const owner = await spawnOwner();
    await expect(openBigQueryServer({ file })).rejects.toMatchObject({
      kind: 'conflict',
      message: expect.stringContaining(String(owner.pid)),
    });
    await owner.kill();
    await open();
    await expect(openBigQueryServer({ file })).rejects.toMatchObject({
      kind: 'conflict',
      message: expect.stringContaining(String(process.pid)),
    });
  });

  it('killed in the middle of writes leaves each of them done or not done, and a retry completes it', async () => {
    await open();
    await warehouse.write(january(0, 500), { jobId: 'base' });
    await close();
    for (const [round, acknowledged] of [0, 1, 3].entries()) {
      const owner = await spawnOwner();
      const remote = bigQueryWarehouse({ projectId: 'local', apiEndpoint: owner.url });
      const id = (step: number) => `round-${round}-${step}`;
      const value = (step: number) => round * 10 + step + 1;
      for (let step = 0; step < acknowledged; step += 1) {
        await remote.write(january(value(step), 500), { jobId: id(step) });
      }
      const interrupted = remote
        .write(january(value(acknowledged), 500), { jobId: id(acknowledged) })
        .catch((error) => error);
      await remote.query({ sql: 'SELECT 1 AS x', params: {} });
      await owner.kill();
      await interrupted;
      await open();
      const found = await total();
      const isWhole = [value(acknowledged - 1), value(acknowledged)].some(
        (n) => found?.n === n * 15_500,
      );
      expect(found?.c).toBe(15_500);
      expect(isWhole || (acknowledged === 0 && Number(found?.n) % 15_500 === 0)).toBe(true);
      await warehouse.write(january(value(acknowledged), 500), { jobId: id(acknowledged) });
      expect(await total()).toEqual({ c: 15_500, n: value(acknowledged) * 15_500 });
      await close();
    }
  });

  it('refuses a file that is no database and leaves it as it was', async () => {
    writeFileSync(file, 'not a database, '.repeat(1000));
    await expect(openBigQueryServer({ file })).rejects.toMatchObject({ kind: 'invalid-input' });
    expect(readFileSync(file, 'utf8')).toBe('not a database, '.repeat(1000));
  });
});
