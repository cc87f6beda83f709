import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { parseRunId } from '../../shared/core/ids.ts';
import type { RunEvent } from '../../shared/core/run-event.ts';
import { readLineageAnswer, readListing, readStateAnswer } from '../../shared/edge/api-answers.ts';
import { record } from '../../shared/shell/drain.ts';
import { SCHEDULED } from '../contract/scheduler.ts';
import { RUN } from '../core/build.ts';
import { AT, requestedRun } from '../core/requested-run.ts';
import { apiPlace, NOBODY, OPERATOR } from './api-place.ts';

let api: ReturnType<typeof apiPlace>;
beforeEach(() => {
  api = apiPlace();
});
afterEach(() => api.close());

const post = (path: string, body: unknown = '') => api.ask(OPERATOR, 'POST', path, body);
const get = (path: string) => api.ask(OPERATOR, 'GET', path);
const happens = (id: string, event: RunEvent) => record(api, RUN, id, event);
const started = () => happens('m1', requestedRun(SCHEDULED));

describe('a start', () => {
  const REQUEST = { pipeline: 'tiny', from: '2022-01-01', to: '2022-01-31', reason: 'why not' };

  it('is sent as the caller’s, and answered with the run that it makes', async () => {
    const { status, body } = await post('/v1/runs', { ...REQUEST, requestedBy: 'eve' });
    expect([status, body]).toMatchObject([
      202,
      { requestedBy: OPERATOR.name, run: expect.stringMatching(/^tiny-20220101-20220131-/) },
    ]);
    expect(api.published.at(-1)?.body).toMatchObject({ ...REQUEST, requestedBy: OPERATOR.name });
  });

  it.each([
    ['another pipeline', { pipeline: 'mlb' }, 'accepted: tiny'],
    ['a phase that is not there', { phases: ['none'] }, 'accepted: analytics'],
    ['a range in the future', { to: '2026-02-01' }, 'in the future; accepted: up to 2026-01-03'],
    ['a field that nobody knows', { form: '2022-01-01' }, 'form'],
  ])('with %s is refused before anything is sent', async (_, wrong, said) => {
    const { status, body } = await post('/v1/runs', { ...REQUEST, ...wrong });
    expect([status, JSON.stringify(body)]).toEqual([400, expect.stringContaining(said)]);
    expect(api.published).toEqual([]);
  });

  it('that is the wish to repair a run is no start', async () => {
    expect((await post('/v1/runs', { repair: RUN })).status).toBe(400);
  });

  it('whose days a live run writes is refused with that run, and nothing is sent', async () => {
    await started();
    const before = api.published.length;
    const { status, body } = await post('/v1/runs', { ...REQUEST, to: '2022-01-02' });
    expect(status).toBe(409);
    expect(JSON.stringify(body)).toContain(`\`phasegate cancel ${RUN}\``);
    expect(api.published).toHaveLength(before);
  });
});

describe('the lineage of a run', () => {
  it('is answered as events, to those who may read', async () => {
    await started();
    const { status, body } = await get(`/v1/runs/${RUN}/lineage`);
    expect(status).toBe(200);
    const [event] = readLineageAnswer(JSON.stringify(body));
    expect(event).toMatchObject({ eventType: 'START', job: { name: 'tiny' } });
    expect((await api.ask(NOBODY, 'GET', `/v1/runs/${RUN}/lineage`)).status).toBe(403);
    expect((await get(`/v1/runs/${RUN}-9/lineage`)).status).toBe(404);
  });
});

describe('what was sent', () => {
  it('is kept once the run has folded it, and not while it only lies there', async () => {
    await started();
    await api.runs.post(RUN, {
      id: 'm2',
      event: { type: 'pause-requested', by: 'ana', reason: '', at: AT },
    });
    const kept = async (id: string) => (await get(`/v1/runs/${RUN}/messages/${id}`)).body;
    expect([await kept('m1'), await kept('m2'), await kept('m3')]).toEqual([
      { isKept: true },
      { isKept: false },
      { isKept: false },
    ]);
  });
});

describe('a run', () => {
  it('is answered as it is kept, for whoever shows it', async () => {
    await started();
    const { body } = await get(`/v1/runs/${RUN}/state`);
    expect(readStateAnswer(JSON.stringify(body))).toEqual(await api.runs.state(RUN));
  });

  it('is listed among the newest hundred, and how many older ones there are is said', async () => {
    for (let n = 0; n <= 100; n++) {
      const run = parseRunId(`tiny-20220101-20220131-${String(n).padStart(8, '0')}`);
      await record(api, run, 'm1', { ...requestedRun(SCHEDULED), run });
    }
    const { runs, left } = readListing(JSON.stringify((await get('/v1/runs')).body));
    expect([runs.length, left]).toEqual([100, 1]);
    const newest = 'tiny-20220101-20220131-00000100';
    expect(runs[0]).toMatchObject({ run: newest, status: 'reading', round: 1 });
  });

  it('that nobody knows is not there, in whatever way it is asked for', async () => {
    for (const what of ['', '/state', '/report', '/seals']) {
      expect((await get(`/v1/runs/${RUN}${what}`)).status).toBe(404);
    }
    expect((await post(`/v1/runs/${RUN}:cancel`)).status).toBe(404);
    expect(api.published).toEqual([]);
  });
});

describe('a schedule', () => {
  const PAUSE = { reason: 'the league moved', until: '2026-01-05T00:00:00Z' };

  it('is paused with who called, whatever the body says, and resumed', async () => {
    expect((await post('/v1/schedules/monitor-daily:pause', PAUSE)).status).toBe(200);
    expect(await api.scheduler.list()).toMatchObject([
      { name: 'monitor-daily', isPaused: true, pause: { by: OPERATOR.name, reason: PAUSE.reason } },
      { isPaused: false },
    ]);
    expect((await get('/v1/schedules')).body).toMatchObject({
      schedules: [{ pause: { by: OPERATOR.name } }, {}],
    });
    expect((await post('/v1/schedules/monitor-daily:resume')).status).toBe(200);
    expect(await api.scheduler.list()).toMatchObject([{ isPaused: false }, { isPaused: false }]);
  });

  it.each([
    ['without a reason', { ...PAUSE, reason: ' ' }],
    ['without an end', { reason: 'r' }],
    ['for longer than 30 days', { ...PAUSE, until: '2026-03-05T00:00:00Z' }],
    ['in another name', { ...PAUSE, by: 'eve' }],
  ])('is not paused %s', async (_, body) => {
    expect((await post('/v1/schedules/monitor-daily:pause', body)).status).toBe(400);
    expect(await api.scheduler.list()).toMatchObject([{ isPaused: false }, { isPaused: false }]);
  });

  it('calls now, and one that is not there is not found', async () => {
    expect((await post('/v1/schedules/monitor-daily:run')).status).toBe(200);
    expect(api.published).toMatchObject([{ topic: 'phasegate-monitor-due' }]);
    expect((await post('/v1/schedules/nobody:run')).status).toBe(404);
  });

  it('is one of those that the monitors of the deployed pipeline have', async () => {
    expect((await get('/v1/monitors')).body).toMatchObject({
      monitors: [{ name: 'daily' }, { name: 'stuck' }],
    });
  });
});
