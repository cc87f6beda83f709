import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { bigQueryWarehouse } from '../../shared/adapters/gcp/bigquery-warehouse.ts';
import {
  type BigQueryServer,
  openBigQueryServer,
} from '../../shared/adapters/local/bigquery/server.ts';
import { parseTableName } from '../../shared/core/ids.ts';
import type { Warehouse } from '../../shared/ports/warehouse.ts';
import { close, listening } from './pushed.ts';

/** Jobs that ended before anybody asked, each with its reason. */
let failed: Readonly<Record<string, string>> = {};
let local: BigQueryServer;
let front: ReturnType<typeof createServer>;
let warehouse: Warehouse;
const table = parseTableName('raw.numbers');

beforeEach(async () => {
  failed = {};
  local = await openBigQueryServer({ file: ':memory:' });
  front = createServer((request, response) => void answer(request, response));
  warehouse = bigQueryWarehouse({ projectId: 'local', apiEndpoint: await listening(front) });
});
afterEach(async () => {
  await close(front);
  await local.close();
});

/** The local server, on which the failed jobs are as BigQuery shows them: there for ever, and their ids taken. */
async function answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
  const parts: Buffer[] = [];
  for await (const part of request) parts.push(part as Buffer);
  const body = Buffer.concat(parts);
  const { method = 'GET', url = '/' } = request;
  const asked = /\/jobs\/([^/?]+)/.exec(url)?.[1] ?? '';
  const started = /"jobId":"([^"]+)"/.exec(body.toString('latin1'))?.[1] ?? '';
  const json = (status: number, value: unknown) => {
    response.writeHead(status, { 'content-type': 'application/json' });
    response.end(JSON.stringify(value));
  };
  if (method === 'GET' && asked in failed) return json(200, failedJob(asked));
  if (method === 'POST' && started in failed) {
    const errors = [{ reason: 'duplicate', message: `Already Exists: Job ${started}` }];
    return json(409, { error: { code: 409, message: 'Already Exists', errors } });
  }
  const passed = await fetch(`${local.url}${url}`, {
    method,
    headers: Object.entries(request.headers).flatMap(([name, value]): [string, string][] =>
      ['host', 'connection', 'content-length', 'transfer-encoding'].includes(name)
        ? []
        : [[name, String(value)]],
    ),
    ...(body.length === 0 ? {} : { body }),
  });
  const answered = Buffer.from(await passed.arrayBuffer());
  response.writeHead(passed.status, { 'content-type': 'application/json' });
  response.end(answered);
}

function failedJob(jobId: string) {
  const error = { reason: failed[jobId] ?? '', message: 'it failed' };
  return {
    jobReference: { projectId: 'local', jobId, location: 'US' },
    configuration: {},
    status: { state: 'DONE', errorResult: error, errors: [error] },
    statistics: {},
  };
}

it('a query whose job failed of trouble that passes runs again, under the next free id', async () => {
  failed = { asked: 'backendError', 'asked-2': 'rateLimitExceeded' };
  const { rows, jobId } = await warehouse.query(
    { sql: 'SELECT 1 AS a', params: {} },
    { jobId: 'asked' },
  );
  expect(rows).toEqual([{ a: 1 }]);
  expect(jobId).toBe('asked-3');
  const again = await warehouse.query({ sql: 'SELECT 1 AS a', params: {} }, { jobId: 'asked' });
  expect(again.jobId).toBe('asked-3');
});

it('a query whose job can never run is not run again', async () => {
  failed = { asked: 'invalidQuery' };
  const asked = warehouse.query({ sql: 'SELECT 1 AS a', params: {} }, { jobId: 'asked' });
  await expect(asked).rejects.toThrow();
});

it('rows whose load failed of trouble that passes are appended once, however often they are sent', async () => {
  const columns = [{ name: 'n', type: 'INT64', required: true }] as const;
  await warehouse.ensureTable({ name: table, columns, dayColumn: null, requireDayFilter: false });
  failed = { loaded: 'backendError' };
  await warehouse.append(table, [{ n: 1 }], { jobId: 'loaded' });
  await warehouse.append(table, [{ n: 1 }], { jobId: 'loaded' });
  const { rows } = await warehouse.query({ sql: 'SELECT n FROM `raw.numbers`', params: {} });
  expect(rows).toEqual([{ n: 1 }]);
});

it('a job that fails ten times of trouble that passes is unavailable, and said to be', async () => {
  failed = Object.fromEntries(
    Array.from({ length: 10 }, (_, n) => [n === 0 ? 'asked' : `asked-${n + 1}`, 'backendError']),
  );
  const asked = warehouse.query({ sql: 'SELECT 1 AS a', params: {} }, { jobId: 'asked' });
  await expect(asked).rejects.toMatchObject({ kind: 'unavailable' });
});
