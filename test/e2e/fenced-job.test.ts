import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join, resolve } from 'node:path';
import { text } from 'node:stream/consumers';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { type BusServer, openBusServer } from '../../shared/adapters/local/bus-server.ts';
import { localBus } from '../../shared/adapters/local/local-bus.ts';
import { openStateFile } from '../../shared/adapters/local/sqlite-file.ts';
import { sqliteRunStore } from '../../shared/adapters/local/sqlite-run-store.ts';
import { launchId, parseTableName } from '../../shared/core/ids.ts';
import { RUN } from '../core/build.ts';
import { fillTiny, openWarehouse, TINY } from '../fixtures/tiny-warehouse.ts';
import { emptyDirectory } from './phasegate.ts';

const MAIN = resolve('shared/cli/main.ts');
const TABLE = 'analytics.team_games';
const launch = launchId(RUN, parseTableName(TABLE), 2);
let db: ReturnType<typeof openStateFile>;
let api: BusServer;

beforeEach(async () => {
  db = openStateFile(':memory:');
  api = await openBusServer(localBus(db), sqliteRunStore(db));
});
afterEach(async () => {
  await api.close();
  db.close();
});

/** `phasegate job` as a runner starts it. */
function startJob(warehouseUrl: string, more: Record<string, string> = {}) {
  const definition = join(emptyDirectory(), 'definition.json');
  writeFileSync(definition, TINY.text);
  return spawn(process.execPath, [MAIN, 'job', TABLE], {
    stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
    env: {
      ...process.env,
      PHASEGATE_RUN: RUN,
      PHASEGATE_LAUNCH: launch,
      PHASEGATE_TABLE: TABLE,
      PHASEGATE_DAYS: '2022-01-01..2022-01-10',
      PHASEGATE_PROJECT: 'local',
      PHASEGATE_DEFINITION: definition,
      PHASEGATE_API: api.url,
      BIGQUERY_EMULATOR_HOST: warehouseUrl,
      METADATA_SERVER_DETECTION: 'none',
      ...more,
    },
  });
}

async function endOf(child: ReturnType<typeof startJob>) {
  const [[code], stdout, stderr] = await Promise.all([
    once(child, 'exit'),
    text(child.stdout as NonNullable<typeof child.stdout>),
    text(child.stderr as NonNullable<typeof child.stderr>),
  ]);
  return { code, stdout, stderr };
}

/** A warehouse that takes what it is asked and never answers. */
async function silentWarehouse() {
  const server = createServer();
  const asked = once(server, 'request');
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  return { url: `http://127.0.0.1:${port}`, asked, close: () => server.closeAllConnections() };
}

it('a job whose launch another execution has ends as interrupted, before it asks the warehouse anything', async () => {
  await sqliteRunStore(db).claim(launch, 'another');
  const ended = await endOf(startJob('http://127.0.0.1:1'));
  expect(ended).toMatchObject({ code: 130, stdout: '' });
  expect(ended.stderr).toContain('another execution has launch');
});

it('a job claims its launch under the name that the platform gave the execution', async () => {
  const { server, warehouse } = await openWarehouse(':memory:');
  await fillTiny(warehouse);
  const ended = await endOf(startJob(server.url, { CLOUD_RUN_EXECUTION: 'team-games-x7k' }));
  await server.close();
  expect(ended).toMatchObject({ code: 0, stderr: '' });
  expect(await sqliteRunStore(db).claim(launch, 'late')).toBe('team-games-x7k');
});

it('a job that cannot claim its launch asks the warehouse nothing, and may be tried again', async () => {
  const silent = await silentWarehouse();
  await api.close();
  const ended = await endOf(startJob(silent.url));
  silent.close();
  expect(ended.code).toBe(3);
  expect(ended.stderr).toMatch(/could not be\s+claimed/);
});

it.each([
  ['quotaExceeded', 69],
  ['rateLimitExceeded', 3],
])('a job that the warehouse refuses for %s ends with %i', async (reason, code) => {
  const server = createServer((_, response) => {
    const error = { code: 403, message: 'not now', errors: [{ reason, message: 'not now' }] };
    response.writeHead(403, { 'content-type': 'application/json' });
    response.end(JSON.stringify({ error }));
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  const ended = await endOf(startJob(`http://127.0.0.1:${port}`));
  server.closeAllConnections();
  server.close();
  expect(ended).toMatchObject({ code, stderr: expect.stringContaining('not now') });
});

it.each([
  ['is gone in the middle of its work', true],
  ['was gone before it began', false],
])('a job whose starter %s ends as interrupted', async (_, hasBegun) => {
  const silent = await silentWarehouse();
  const child = startJob(silent.url);
  const end = endOf(child);
  if (hasBegun) await silent.asked;
  child.disconnect();
  expect((await end).code).toBe(130);
  silent.close();
});
