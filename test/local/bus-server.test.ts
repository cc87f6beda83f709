import { request } from 'node:http';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { apiClient } from '../../shared/adapters/api-client.ts';
import { type BusServer, openBusServer } from '../../shared/adapters/local/bus-server.ts';
import { localBus } from '../../shared/adapters/local/local-bus.ts';
import { openStateFile } from '../../shared/adapters/local/sqlite-file.ts';
import { sqliteRunStore } from '../../shared/adapters/local/sqlite-run-store.ts';
import { remoteFence } from '../../shared/adapters/remote-fence.ts';
import { launchId, parseTableName } from '../../shared/core/ids.ts';
import { RUN } from '../core/build.ts';

const launch = launchId(RUN, parseTableName('a.teams'), 1);
let db: ReturnType<typeof openStateFile>;
let bus: ReturnType<typeof localBus>;
let server: BusServer;

beforeEach(async () => {
  db = openStateFile(':memory:');
  bus = localBus(db);
  server = await openBusServer(bus, sqliteRunStore(db));
});
afterEach(async () => {
  await server.close();
  await bus.close();
  db.close();
});

const post = async (path: string, body: string) => {
  const response = await fetch(`${server.url}${path}`, { method: 'POST', body });
  return { status: response.status, body: await response.text() };
};
const claim = (body: string, id: string = launch) => post(`/v1/launches/${id}:claim`, body);

describe('the fence that a job meets', () => {
  it('has a launch for the first execution, and tells every other one whose it is', async () => {
    expect(await claim('{"execution":"x1"}')).toEqual({ status: 200, body: '{"execution":"x1"}' });
    expect(await claim('{"execution":"x2"}')).toEqual({ status: 200, body: '{"execution":"x1"}' });
    expect(await sqliteRunStore(db).claim(launch, 'late')).toBe('x1');
  });

  it('lets an execution through each time, and no other one ever', async () => {
    const mine = remoteFence(apiClient(server.url), launch, 'mine');
    const other = remoteFence(apiClient(server.url), launch, 'other');
    expect([await mine(), await other(), await mine()]).toEqual([true, false, true]);
  });

  it('lets nobody through who cannot be told', async () => {
    const mine = remoteFence(apiClient(server.url), launch, 'mine');
    await server.close();
    await expect(mine()).rejects.toMatchObject({ kind: 'unavailable' });
  });

  it.each([
    ['nothing', ''],
    ['no execution', '{}'],
    ['an execution without a name', '{"execution":""}'],
    ['a list', '["x1"]'],
  ])('refuses a claim with %s, and keeps the launch free', async (_, body) => {
    const answer = await claim(body);
    expect(answer.status).toBe(400);
    expect(answer.body).toContain('accepted');
    expect(await sqliteRunStore(db).claim(launch, 'first')).toBe('first');
  });

  it('refuses what is no launch', async () => {
    expect(await claim('{"execution":"x1"}', 'a-b')).toMatchObject({ status: 400 });
  });
});

describe('the local Pub/Sub', () => {
  const publish = (topic: string, body: string) =>
    post(`/v1/projects/p/topics/${topic}:publish`, body);
  const data = Buffer.from('{"a":1}').toString('base64');

  it('takes messages for a topic, and refuses any other topic by name', async () => {
    const body = JSON.stringify({ messages: [{ data }] });
    expect((await publish('phasegate-start', body)).status).toBe(200);
    const heard = new Promise<string>((done) =>
      bus.subscribe('phasegate-start', async ({ data: text }) => done(text)),
    );
    expect(await heard).toBe('{"a":1}');
    expect(await publish('phasegate-strat', body)).toMatchObject({
      status: 404,
      body: expect.stringContaining('phasegate-strat'),
    });
  });

  it.each(['', '{}', '{"messages":[]}', '{"messages":[{"data":"%"}]}'])(
    'refuses %j as no message',
    async (body) => {
      expect((await publish('phasegate-start', body)).status).toBe(400);
    },
  );
});

describe('who asks the bus', () => {
  it.each([
    ['by the name of another site', { host: 'evil.example' }],
    ['from the page of another site', { origin: 'https://evil.example' }],
    ['from a page without an origin', { origin: 'null' }],
  ])('is refused %s, and nothing is published', async (_, headers) => {
    const path = '/v1/projects/p/topics/phasegate-alerts:publish';
    const status = await new Promise((resolve, reject) => {
      request(`${server.url}${path}`, { method: 'POST', headers }, (answer) =>
        resolve(answer.resume().statusCode),
      )
        .on('error', reject)
        .end('{"messages":[{"data":"e30="}]}');
    });
    expect(status).toBe(403);
    expect(db.prepare('SELECT * FROM message').all()).toEqual([]);
  });

  it.each(['//', '//:a'])(
    'is refused for %j, which is no address, and the next one is answered',
    async (path) => {
      const { port } = new URL(server.url);
      const status = await new Promise((resolve, reject) => {
        request({ host: '127.0.0.1', port, path }, (answer) => resolve(answer.resume().statusCode))
          .on('error', reject)
          .end();
      });
      expect(status).toBe(400);
      expect((await claim('{"execution":"x1"}')).status).toBe(200);
    },
  );
});
