import { expect, it } from 'vitest';
import { openStateFile } from '../../shared/adapters/local/sqlite-file.ts';
import { sqliteRunStore } from '../../shared/adapters/local/sqlite-run-store.ts';
import { parseDaySet } from '../../shared/core/day-set.ts';
import type { RunEvent } from '../../shared/core/run-event.ts';
import type { ExecutionState } from '../../shared/ports/job-runner.ts';
import type { World } from '../../shared/ports/world.ts';
import { record } from '../../shared/shell/drain.ts';
import { newWatch, reconcile } from '../../shared/shell/reconcile.ts';
import { calendarOf, pipelineOf, RUN, requestOf, sameDay, table } from '../core/build.ts';

const teams = table('a.teams', [sameDay('raw.schedule')]);
const pipeline = pipelineOf(teams);
const AT = '2026-01-03T04:00:00.000Z';
const requested: RunEvent = {
  type: 'run-requested',
  run: RUN,
  request: requestOf(pipeline),
  definition: 'd',
  by: '',
  reason: '',
  at: AT,
};
const planned: RunEvent = {
  type: 'outcomes-read',
  round: 1,
  calendar: calendarOf('2022-01-01..2022-01-05'),
  outcomes: { [teams.name]: { NEVER_RAN: parseDaySet('2022-01-01..2022-01-05') } },
  at: AT,
};
const confirmed: RunEvent = {
  type: 'launch-confirmed',
  table: teams.name,
  attempt: 1,
  execution: 'x',
  at: AT,
};

/** A world whose clock and executions are what the test says. */
async function world(...events: RunEvent[]) {
  const published: { what?: string; launch?: string }[] = [];
  const outside = { now: AT, execution: 'running' as ExecutionState };
  const parts = {
    runs: sqliteRunStore(openStateFile(':memory:')),
    bus: { publish: async (_: string, body: object) => String(published.push(body)) },
    jobs: { stateOf: async () => outside.execution, running: async () => [] },
    pipelineOf: async () => pipeline,
    now: () => outside.now,
  };
  const w = parts as unknown as World;
  for (const [index, event] of events.entries()) await record(w, RUN, `e${index}`, event);
  published.length = 0;
  const tableState = async () => (await w.runs.load(RUN))?.state?.tables[teams.name];
  return { w, published, outside, tableState };
}

it.each([
  ['succeeded', 'verifying'],
  ['failed', 'waiting'],
  ['unknown', 'launching'],
] as const)(
  'an execution that is %s without having said so in five seconds is noticed',
  async (execution, tag) => {
    const { w, outside, tableState } = await world(requested, planned, confirmed);
    outside.execution = execution;
    const watch = newWatch();
    for (const second of ['00', '04']) {
      outside.now = `2026-01-03T04:00:${second}.000Z`;
      await reconcile(w, watch);
      expect((await tableState())?.tag).toBe('running');
    }
    outside.now = '2026-01-03T04:00:05.000Z';
    await reconcile(w, watch);
    expect((await tableState())?.tag).toBe(tag);
  },
);

it('silence alone ends no execution that runs', async () => {
  const { w, outside, tableState } = await world(requested, planned, confirmed);
  const watch = newWatch();
  for (const minute of ['00', '01', '30']) {
    outside.now = `2026-01-03T04:${minute}:00.000Z`;
    await reconcile(w, watch);
  }
  expect((await tableState())?.tag).toBe('running');
});

it('a pause that is over ends, and not before', async () => {
  const failed: RunEvent = {
    type: 'job-failed',
    table: teams.name,
    attempt: 1,
    failure: 'transient',
    message: '',
    at: AT,
  };
  const { w, outside, tableState } = await world(requested, planned, confirmed, failed);
  outside.now = '2026-01-03T04:00:09.999Z';
  await reconcile(w, newWatch());
  expect((await tableState())?.tag).toBe('waiting');
  outside.now = '2026-01-03T04:00:10.000Z';
  await reconcile(w, newWatch());
  expect(await tableState()).toMatchObject({ tag: 'launching', attempt: 2 });
});

it.each([
  ['a reading', [requested], { what: 'outcomes' }],
  ['a launch', [requested, planned], { launch: `${RUN}.a.teams.1` }],
  [
    'a gate',
    [
      requested,
      planned,
      confirmed,
      { type: 'job-succeeded', table: teams.name, attempt: 1, at: AT } as RunEvent,
    ],
    { what: 'table' },
  ],
])(
  '%s that nobody answered for a minute is asked for again, once a minute',
  async (_, events, asked) => {
    const { w, published, outside } = await world(...events);
    const watch = newWatch();
    await reconcile(w, watch);
    outside.now = '2026-01-03T04:00:59.000Z';
    await reconcile(w, watch);
    expect(published).toEqual([]);
    outside.now = '2026-01-03T04:01:00.000Z';
    await reconcile(w, watch);
    await reconcile(w, watch);
    expect(published).toMatchObject([asked]);
  },
);
