import { expect, it } from 'vitest';
import { parseDaySet } from '../../shared/core/day-set.ts';
import type { AlertMessage } from '../../shared/core/messages.ts';
import type { RunEvent } from '../../shared/core/run-event.ts';
import { readAlert } from '../../shared/edge/wire.ts';
import { record } from '../../shared/shell/drain.ts';
import { newWatch, reconcile } from '../../shared/shell/reconcile.ts';
import { calendarOf, pipelineOf, RUN, sameDay, table } from '../core/build.ts';
import { AT, requestedRun } from '../core/requested-run.ts';
import { toldWorld } from './told-world.ts';

const [lost, lively] = ['a.lost', 'a.lively'].map((name) => table(name, [sameDay('raw.schedule')]));
const pipeline = pipelineOf(lost!, lively!);
const DAYS = '2022-01-01..2022-01-05';
const planned: RunEvent = {
  type: 'outcomes-read',
  round: 1,
  calendar: calendarOf(DAYS),
  outcomes: {
    [lost!.name]: { NEVER_RAN: parseDaySet(DAYS) },
    [lively!.name]: { NEVER_RAN: parseDaySet(DAYS) },
  },
  at: AT,
};
const later = (seconds: number) => new Date(Date.parse(AT) + seconds * 1000).toISOString();

it('a lost launch is asked for again after a minute, whatever else the run does meanwhile', async () => {
  const { world, published, outside } = await toldWorld(pipeline, requestedRun(pipeline), planned);
  const watch = newWatch();
  const isAsked = () => published.some((message) => message.table === lost!.name);
  let second = 0;
  for (; second <= 120 && !isAsked(); second += 1) {
    outside.now = later(second);
    const failed = { failure: 'interrupted', message: '', at: outside.now } as const;
    const attempt = second + 1;
    const event = { type: 'job-failed', table: lively!.name, attempt, ...failed } as const;
    await record(world, RUN, `f${second}`, event);
    await reconcile(world, watch);
  }
  expect(second).toBe(61);
});

it('a clock that goes back an hour makes nobody wait for an hour', async () => {
  const { world, published, outside } = await toldWorld(pipeline, requestedRun(pipeline), planned);
  const watch = newWatch();
  await reconcile(world, watch);
  outside.now = later(-3600);
  await reconcile(world, watch);
  expect(published).toContainEqual(expect.objectContaining({ table: lost!.name, attempt: 1 }));
});

it('a run that cannot be looked after is told to a person, and keeps no other from it', async () => {
  const { world, outside } = await toldWorld(pipeline, requestedRun(pipeline), planned);
  const told: string[] = [];
  const notifier = { tell: async ({ text }: AlertMessage) => void told.push(text) };
  const unreadable = async () => Promise.reject(new Error('unknown field'));
  outside.now = later(10);
  const broken = { ...world, notifier, pipelineOf: unreadable };
  await expect(reconcile(broken, newWatch())).rejects.toThrow('unknown field');
  expect(told).toEqual([`run ${RUN} cannot be looked after: unknown field`]);
});

it('a cause that a run cannot be looked after for is told once, in an alert that can be read', async () => {
  const { world, outside } = await toldWorld(pipeline, requestedRun(pipeline), planned);
  const alerts = new Set<string>();
  const notifier = {
    tell: async (alert: AlertMessage) => void alerts.add(readAlert(JSON.stringify(alert)).key),
  };
  outside.now = later(10);
  for (const waited of [17, 18]) {
    const why = new Error(`gave up after ${waited} ms: ${'x'.repeat(30_000)}`);
    const broken = { ...world, notifier, pipelineOf: async () => Promise.reject(why) };
    await expect(reconcile(broken, newWatch())).rejects.toBe(why);
  }
  expect(alerts.size).toBe(1);
});

it('a run about which nothing is new is read once a look, however many runs have ended', async () => {
  const { world, outside } = await toldWorld(pipeline, requestedRun(pipeline), planned);
  await reconcile(world, newWatch());
  let loads = 0;
  const load: typeof world.runs.load = (run) => {
    loads += 1;
    return world.runs.load(run);
  };
  outside.now = later(10);
  await reconcile({ ...world, runs: { ...world.runs, load } }, newWatch());
  expect(loads).toBe(1);
});
