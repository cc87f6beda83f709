import { afterAll, beforeAll, expect, it } from 'vitest';
import type { Caller } from '../../shared/adapters/api-route.ts';
import { launchId, parseTableName } from '../../shared/core/ids.ts';
import { readCaller } from '../../shared/edge/caller-token.ts';
import { readStart } from '../../shared/edge/wire.ts';
import { record } from '../../shared/shell/drain.ts';
import { SCHEDULED } from '../contract/scheduler.ts';
import { RUN } from '../core/build.ts';
import { requestedRun } from '../core/requested-run.ts';
import { apiPlace, NOBODY, OPERATOR } from './api-place.ts';
import { tokenOf } from './iam-front.ts';

const { runs, bus, published, ask, close } = apiPlace();
const JOB: Caller = { ...NOBODY, name: 'jobs@x.example', mayClaim: true };
const READER: Caller = { ...NOBODY, name: 'rita@x.example', mayRead: true };
const launch = launchId(RUN, parseTableName('a.teams'), 1);

beforeAll(async () => {
  await runs.saveDefinition('0123456789abcdef', '{"a":1}');
  const world = { runs, bus, pipelineOf: async () => SCHEDULED };
  await record(world, RUN, 'm1', requestedRun(SCHEDULED));
});
afterAll(close);

const CLAIM = `/v1/launches/${launch}:claim`;
const SCHEDULE_WRITES = ['pause', 'resume', 'run'];
const PAUSE = { reason: 'the league moved', until: '2026-01-05T00:00:00Z' };
const REQUEST = { pipeline: 'tiny', from: '2022-02-01', to: '2022-02-02' };
const WRITES = ['repair', 'retry', 'cancel', 'pause', 'resume'];
const everything: readonly (readonly [string, string, unknown])[] = [
  ['POST', CLAIM, { execution: 'x' }],
  ['GET', '/v1/definitions/0123456789abcdef', ''],
  ['GET', '/v1/runs', ''],
  ['GET', `/v1/runs/${RUN}`, ''],
  ['GET', `/v1/runs/${RUN}/state`, ''],
  ['GET', `/v1/runs/${RUN}/report`, ''],
  ['GET', `/v1/runs/${RUN}/seals`, ''],
  ['GET', `/v1/runs/${RUN}/messages/m1`, ''],
  ['GET', '/v1/monitors', ''],
  ['GET', '/v1/schedules', ''],
  ...SCHEDULE_WRITES.map((what) => ['POST', `/v1/schedules/monitor-daily:${what}`, PAUSE] as const),
  ['POST', '/v1/runs', REQUEST],
  ...WRITES.map((what) => ['POST', `/v1/runs/${RUN}:${what}`, { reason: 'x' }] as const),
];

it.each(everything)(
  '%s %s is refused to who has no right, and nothing is said',
  async (method, path, body) => {
    const before = published.length;
    const answer = await ask(NOBODY, method, path, body);
    expect(answer.status).toBe(403);
    expect(JSON.stringify(answer.body)).not.toContain('tiny-');
    expect(published.length).toBe(before);
  },
);

it('a job may claim and read its definition, and neither read nor write runs', async () => {
  expect(await ask(JOB, 'GET', '/v1/definitions/0123456789abcdef')).toEqual({
    status: 200,
    body: { a: 1 },
  });
  expect((await ask(JOB, 'POST', CLAIM, { execution: 'x1' })).status).toBe(200);
  expect((await ask(JOB, 'GET', '/v1/runs')).status).toBe(403);
  expect((await ask(JOB, 'POST', `/v1/runs/${RUN}:cancel`)).status).toBe(403);
});

it('who may read may not write', async () => {
  const listed = { runs: [{ run: RUN, status: 'reading' }], left: 0 };
  expect(await ask(READER, 'GET', '/v1/runs')).toMatchObject({ status: 200, body: listed });
  expect((await ask(READER, 'GET', `/v1/runs/${RUN}`)).body).toMatchObject({ run: RUN });
  expect((await ask(READER, 'POST', `/v1/runs/${RUN}:pause`)).status).toBe(403);
});

it.each(WRITES)(
  '%s is published with the caller as who asked, whatever the body says',
  async (what) => {
    const body = { requestedBy: 'somebody else', reason: 'r' };
    expect((await ask(OPERATOR, 'POST', `/v1/runs/${RUN}:${what}`, body)).status).toBe(202);
    const last = published.at(-1);
    expect(last?.topic).toBe('phasegate-start');
    expect(readStart(JSON.stringify(last?.body))).toEqual({
      asking: { what, run: RUN, requestedBy: OPERATOR.name, reason: 'r' },
    });
  },
);

it('an override is signed with the caller’s name, and refused without a reason', async () => {
  const path = `/v1/runs/${RUN}:override`;
  const override = { table: 'a.teams', until: '2026-02-01' };
  expect((await ask(OPERATOR, 'POST', path, override)).status).toBe(400);
  expect((await ask(OPERATOR, 'POST', path, { ...override, reason: 'seen' })).status).toBe(202);
  expect(published.at(-1)?.body).toMatchObject({ override: RUN, requestedBy: OPERATOR.name });
});

it.each([
  ['GET', '/v1/runs/../../locks', 404],
  ['GET', `/v1/runs/${'x'.repeat(500)}`, 400],
  ['POST', '/v1/launches/x:claim', 400],
  ['GET', '/v1/definitions/..%2F..', 404],
  ['DELETE', `/v1/runs/${RUN}`, 405],
  ['POST', `/v1/runs/${RUN}:explode`, 404],
])('%s %s is answered with %i', async (method, path, status) => {
  expect((await ask(OPERATOR, method, path, '{"execution":"x"}')).status).toBe(status);
});

const SINCE_1970 = Date.now();
const bearer = (token: string) => ({ authorization: `Bearer ${token}` });

it('a caller is known by the token that Cloud Run has checked', () => {
  expect(readCaller(bearer(tokenOf('ana@x.example')), SINCE_1970)).toBe('ana@x.example');
});

it('where both headers are there only the one counts that Cloud Run checks', () => {
  const headers = {
    ...bearer(tokenOf('forged@x.example')),
    'x-serverless-authorization': `Bearer ${tokenOf('ana@x.example')}`,
  };
  expect(readCaller(headers, SINCE_1970)).toBe('ana@x.example');
});
