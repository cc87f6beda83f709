import { expect, it } from 'vitest';
import { parseDaySet } from '../../shared/core/day-set.ts';
import type { RunEvent } from '../../shared/core/run-event.ts';
import type { World } from '../../shared/ports/world.ts';
import { record } from '../../shared/shell/drain.ts';
import { newWatch, reconcile } from '../../shared/shell/reconcile.ts';
import { calendarOf, pipelineOf, RUN, sameDay, table } from '../core/build.ts';
import { AT, requestedRun } from '../core/requested-run.ts';
import { toldWorld } from '../incidents/told-world.ts';

const teams = table('a.teams', [sameDay('raw.schedule')]);
const pipeline = pipelineOf(teams);
const requested = requestedRun(pipeline);
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

async function told(...events: RunEvent[]) {
  const opened = await toldWorld(pipeline, ...events);
  return { ...opened, tableState: async () => (await opened.stateOf())?.tables[teams.name] };
}

it.each([
  ['succeeded', 'verifying'],
  ['failed', 'waiting'],
  ['unknown', 'launching'],
] as const)(
  'an execution that is %s without having said so in five seconds is noticed',
  async (execution, tag) => {
    const { world, outside, tableState } = await told(requested, planned, confirmed);
    outside.execution = execution;
    const watch = newWatch();
    for (const second of ['00', '04']) {
      outside.now = `2026-01-03T04:00:${second}.000Z`;
      await reconcile(world, watch);
      expect((await tableState())?.tag).toBe('running');
    }
    outside.now = '2026-01-03T04:00:05.000Z';
    await reconcile(world, watch);
    expect((await tableState())?.tag).toBe(tag);
  },
);

it('silence alone ends no execution that runs', async () => {
  const { world, outside, tableState } = await told(requested, planned, confirmed);
  const watch = newWatch();
  for (const minute of ['00', '01', '30']) {
    outside.now = `2026-01-03T04:${minute}:00.000Z`;
    await reconcile(world, watch);
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
  const { world, outside, tableState } = await told(requested, planned, confirmed, failed);
  outside.now = '2026-01-03T04:00:09.999Z';
  await reconcile(world, newWatch());
  expect((await tableState())?.tag).toBe('waiting');
  outside.now = '2026-01-03T04:00:10.000Z';
  await reconcile(world, newWatch());
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
    const { world, published, outside } = await told(...events);
    const watch = newWatch();
    await reconcile(world, watch);
    outside.now = '2026-01-03T04:00:59.000Z';
    await reconcile(world, watch);
    expect(published).toEqual([]);
    outside.now = '2026-01-03T04:01:00.000Z';
    await reconcile(world, watch);
    await reconcile(world, watch);
    expect(published).toMatchObject([asked]);
  },
);

it('looks after a run until it is over, and again when a fact comes later', async () => {
  const { world, published } = await told(requested);
  const unreadable: RunEvent = {
    type: 'outcomes-unreadable',
    round: 1,
    message: 'no quota',
    at: AT,
  };
  const loaded: string[] = [];
  const load: World['runs']['load'] = (run) => {
    loaded.push(run);
    return world.runs.load(run);
  };
  const watched = { ...world, runs: { ...world.runs, load } };
  const watch = newWatch();
  await reconcile(watched, watch);
  expect([loaded, [...watch.runs.keys()]]).toEqual([[RUN], [RUN]]);
  await record(world, RUN, 'outcomes:1', unreadable);
  loaded.length = 0;
  await reconcile(watched, watch);
  expect([loaded, [...watch.runs.keys()]]).toEqual([[], []]);
  const by = { by: 'ana', reason: 'the quota is back', at: AT };
  await world.runs.post(RUN, { id: 'retry', event: { type: 'retry-requested', ...by } });
  published.length = 0;
  await reconcile(watched, watch);
  expect(published).toEqual([{ run: RUN, round: 2, what: 'outcomes' }]);
});
