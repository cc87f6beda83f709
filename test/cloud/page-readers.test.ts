import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { cronerCrons } from '../../shared/adapters/croner-crons.ts';
import { openStateFile } from '../../shared/adapters/local/sqlite-file.ts';
import { sqliteMonitorStore } from '../../shared/adapters/local/sqlite-monitor-store.ts';
import { answerReader } from '../../shared/adapters/pages/answer-reader.ts';
import { deployedEnvironment } from '../bench/cloud/place.ts';
import { apiPlace, NOBODY, OPERATOR } from './api-place.ts';
import { type ServedFunction, serveFunction } from './functions-served.ts';
import { tokenOf } from './iam-front.ts';

const CID = 'cid@x.example';
const READER = { name: CID, mayRead: true };

describe('who asks for the page', () => {
  const { people, ...rest } = apiPlace();
  const db = openStateFile(':memory:');
  afterAll(() => {
    rest.close();
    db.close();
  });
  const place = {
    ...rest,
    ...people,
    monitors: sqliteMonitorStore(db),
    crons: cronerCrons,
    world: 'gcp',
  };
  const ask = (caller: Parameters<typeof answerReader>[1], path = '/runs', method = 'GET') =>
    answerReader(place, caller, { method, path, query: '' });

  it.each([
    ['an operator', OPERATOR],
    ['a reader', READER],
  ])(
    'is shown a view as %s, under the headers that it has on a machine of its own',
    async (_, caller) => {
      const { status, headers, body } = await ask(caller);
      expect(status).toBe(200);
      expect(body).toContain('No run yet.');
      expect(headers['content-security-policy']).toMatch(/^default-src 'none'; style-src 'sha256-/);
      expect(await ask(caller, '/runs', 'HEAD')).toEqual({ status, headers, body });
    },
  );

  it('is told nothing of any run as anybody else', async () => {
    const stranger = await ask(NOBODY);
    expect(stranger).toMatchObject({
      status: 403,
      body: `${NOBODY.name} may not read this page.\n`,
    });
    expect((await ask(null)).status).toBe(401);
    expect((await ask(NOBODY, '/canary')).status).toBe(200);
    expect((await ask(null, '/canary')).status).toBe(401);
  });

  it.each(['POST', 'PUT', 'DELETE', 'PATCH', 'OPTIONS'])(
    'changes nothing by %s',
    async (method) => {
      const { status, headers } = await ask(OPERATOR, '/runs', method);
      expect([status, headers.allow]).toEqual([405, 'GET, HEAD']);
    },
  );
});

describe('the function dashboard', () => {
  let served: ServedFunction;
  beforeAll(async () => {
    const readers = { PHASEGATE_READERS: CID, FIRESTORE_EMULATOR_HOST: '127.0.0.1:9' };
    served = await serveFunction('dashboard', { ...deployedEnvironment({}), ...readers });
  });
  afterAll(() => served.stop());
  const fetched = (path: string, email: string | null, method = 'GET') =>
    fetch(`${served.url}${path}`, {
      method,
      headers: email === null ? {} : { authorization: `Bearer ${tokenOf(email)}` },
    });

  it('knows its callers by the token that Cloud Run has checked', async () => {
    const told = await Promise.all([fetched('/', null), fetched('/', 'eve@x.example')]);
    expect(told.map(({ status }) => status)).toEqual([401, 403]);
    expect((await fetched('/runs', CID, 'POST')).status).toBe(405);
    const head = await fetched('/canary?x=1', CID, 'HEAD');
    expect([head.status, await head.text()]).toEqual([200, '']);
    expect(head.headers.get('x-content-type-options')).toBe('nosniff');
  });

  it('shows a reader a view, and one that is not there as not there', async () => {
    const none = await fetched('/no/such?view=1', CID);
    expect(none.status).toBe(404);
    expect(none.headers.get('content-security-policy')).toContain("frame-ancestors 'none'");
    expect(await none.text()).toContain('There is nothing at /no/such.');
  });
});
