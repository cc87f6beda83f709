import { createServer } from 'node:http';
import { afterAll, beforeAll, beforeEach, expect, it } from 'vitest';
import { bigQueryWarehouse } from '../../shared/adapters/gcp/bigquery-warehouse.ts';
import type { PubsubBus } from '../../shared/adapters/gcp/pubsub-bus.ts';
import { pushHandler } from '../../shared/adapters/gcp/push-handler.ts';
import { openBigQueryServer } from '../../shared/adapters/local/bigquery/server.ts';
import { parseTableName } from '../../shared/core/ids.ts';
import { close, listening } from './pushed.ts';

const TABLE = parseTableName('least_rights.t');
const VIEW = parseTableName('least_rights.v');
const NEW_DATASET = parseTableName('not_there_yet.v');
const COLUMNS = [{ name: 'k', type: 'STRING', required: true }] as const;

type Call = Readonly<{ method: string; path: string }>;
const isNewDataset = ({ method, path }: Call) => method === 'POST' && path.endsWith('/datasets');

let server: Awaited<ReturnType<typeof openBigQueryServer>>;
let url = '';
let forbidden: (call: Call) => Readonly<{ status: number; reason: string }> | null = () => null;
/** Before the warehouse, as BigQuery is: rights are looked at before anything else. */
const front = createServer(async (request, response) => {
  const call = { method: request.method ?? '', path: (request.url ?? '').split('?')[0] ?? '' };
  const parts: Buffer[] = [];
  for await (const part of request) parts.push(part as Buffer);
  const refused = forbidden(call);
  response.setHeader('content-type', 'application/json');
  if (refused !== null) {
    const { status: code, reason } = refused;
    const message = `Access Denied: ${call.path}`;
    response.writeHead(code);
    response.end(JSON.stringify({ error: { code, message, errors: [{ reason, message }] } }));
    return;
  }
  const answer = await fetch(`${server.url}${request.url}`, {
    method: call.method,
    headers: { 'content-type': request.headers['content-type'] ?? 'application/json' },
    ...(parts.length === 0 ? {} : { body: Buffer.concat(parts) }),
  });
  response.writeHead(answer.status);
  response.end(Buffer.from(await answer.arrayBuffer()));
});
const warehouse = () => bigQueryWarehouse({ projectId: 'local', apiEndpoint: url });

beforeAll(async () => {
  server = await openBigQueryServer({ file: ':memory:' });
  url = await listening(front);
  const shape = { columns: COLUMNS, dayColumn: null, requireDayFilter: false };
  await warehouse().ensureTable({ name: TABLE, ...shape });
});
beforeEach(() => {
  forbidden = () => null;
});
afterAll(async () => {
  await close(front);
  await server.close();
});

it('a view is replaced by an account that may not make datasets, in one that is there', async () => {
  forbidden = (call) => (isNewDataset(call) ? { status: 403, reason: 'accessDenied' } : null);
  const sql = `SELECT k FROM \`${TABLE}\``;
  await warehouse().replaceView(VIEW, sql);
  expect(await warehouse().viewSql(VIEW)).toBe(sql);
  await expect(warehouse().replaceView(NEW_DATASET, sql)).rejects.toMatchObject({
    kind: expect.stringMatching(/^(not-found|invalid-query)$/),
  });
});

it.each([
  { status: 403, reason: 'accessDenied' },
  { status: 401, reason: 'authError' },
])(
  'a message is pushed again, and does not die, where the warehouse refuses its handler: %o',
  async (refused) => {
    forbidden = () => refused;
    const dead: string[] = [];
    const bus: PubsubBus = {
      publish: async (topic) => String(dead.push(topic)),
      publishText: async (topic) => String(dead.push(topic)),
    };
    const place = { bus, environment: '', log: () => undefined };
    const handle = pushHandler(place, 'phasegate-job-finished', async () => {
      await warehouse().query({ sql: `SELECT k FROM \`${TABLE}\``, params: {} });
    });
    const event = { id: '1', data: { message: { data: 'e30=' } } };
    await expect(handle(event)).rejects.toThrow('Access Denied');
    expect(dead).toEqual([]);
  },
);
