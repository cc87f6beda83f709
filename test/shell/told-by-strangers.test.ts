import { afterEach, beforeEach, expect, it } from 'vitest';
import { parseDaySet } from '../../shared/core/day-set.ts';
import { launchId, parseTableName } from '../../shared/core/ids.ts';
import { askRun } from '../../shared/shell/ask-run.ts';
import { cancelLaunch } from '../../shared/shell/cancel-launch.ts';
import { launchTable } from '../../shared/shell/launch-table.ts';
import { newWatch, reconcile } from '../../shared/shell/reconcile.ts';
import { recordJob } from '../../shared/shell/record-job.ts';
import { runGate } from '../../shared/shell/run-gate.ts';
import { holderOf, STARTS } from '../../shared/shell/set-going.ts';
import {
  type LaunchingWorld,
  NOW,
  openLaunchingWorld,
  players,
  RUN_A,
  RUN_B,
} from './launching-world.ts';

const DAYS = '2022-01-01..2022-01-05';
const refused = { kind: 'invalid-input' };
const next = launchId(RUN_A, players.name, 2);
let opened: LaunchingWorld;
let message: Awaited<ReturnType<LaunchingWorld['asksForPlayers']>>;

beforeEach(async () => {
  opened = await openLaunchingWorld();
  await opened.write('2022-01-01');
  message = await opened.asksForPlayers(RUN_A, DAYS);
});
afterEach(() => opened.close());

it('the end of a launch that is yet to come is not believed', async () => {
  const { run, table } = message;
  const told = { run, table, attempt: 2, launch: next, result: 'succeeded' as const };
  const finished = recordJob(opened.world, { ...told, message: '', metrics: {} });
  await expect(finished).rejects.toMatchObject(refused);
  expect(await opened.runs.knows(RUN_A, `${next}:ended`)).toBe(false);
});

it.each([
  ['a launch that is yet to come', () => ({ ...message, attempt: 2, launch: next })],
  ['the launch of another run', () => ({ ...message, launch: launchId(RUN_B, players.name, 1) })],
  [
    'what sets another run going',
    () => ({ ...message, table: STARTS, launch: holderOf(RUN_B, 'm') }),
  ],
])('%s is not cancelled by its name', async (_, asked) => {
  const launch = holderOf(RUN_B, 'm');
  await opened.runs.lock({ table: STARTS, launch, run: RUN_B, days: parseDaySet(DAYS) }, 9);
  const { run, table, attempt, launch: cancelled } = asked();
  const cancel = { run, table, attempt, launch: cancelled, cancel: true } as const;
  await expect(cancelLaunch(opened.world, cancel)).rejects.toMatchObject(refused);
  expect((await opened.runs.locks()).map((lock) => lock.launch)).toEqual([launch]);
  expect(await opened.runs.claim(cancelled, 'its own')).toBe('its own');
});

it('a launch has its run’s name and its run’s days, whatever a message says', async () => {
  const foreign = { ...message, launch: launchId(RUN_B, players.name, 7) };
  await expect(launchTable(opened.world, foreign)).rejects.toMatchObject(refused);
  await launchTable(opened.world, { ...message, days: parseDaySet('2019-01-01..2019-12-31') });
  expect((await opened.runs.locks()).map(({ days }) => days)).toEqual([parseDaySet(DAYS)]);
});

it('a gate that nobody waits for yet is not answered: its answer would stand for the real one', async () => {
  const asked = { run: RUN_A, round: 1, attempt: 1, look: 0 };
  await runGate(opened.world, { ...asked, what: 'table', table: players.name });
  const phase = players.phase;
  await runGate(opened.world, { run: RUN_A, round: 1, look: 0, what: 'phase', phase });
  const ids = (await opened.runs.facts(RUN_A)).map(({ id }) => id);
  expect(ids.filter((id) => id.startsWith('gate:1:') || id.startsWith('roll:'))).toEqual([]);
});

it('a signature under evidence that is not the run’s, or that is over already, is refused', async () => {
  const signed = { run: RUN_A, requestedBy: 'ana', reason: 'r' };
  const evidence = { foreign: 'f'.repeat(64) };
  const signoff = askRun(opened.world, 's1', { ...signed, what: 'signoff', evidence });
  await expect(signoff).rejects.toThrow(`evidence foreign is not of run ${RUN_A}`);
  const table = parseTableName('jobs.hang');
  const until = '2000-01-01' as never;
  const override = askRun(opened.world, 's2', { ...signed, what: 'override', table, until });
  await expect(override).rejects.toThrow(
    'an override until 2000-01-01 is over; accepted: 2026-01-',
  );
});

it('a cancelled launch that never began can begin no more once the run has given it up', async () => {
  const { jobs } = opened;
  let hold = () => {};
  const isHeld = new Promise<void>((resolve) => {
    hold = resolve;
  });
  let isAsked = () => {};
  const asked = new Promise<void>((resolve) => {
    isAsked = resolve;
  });
  const launch: typeof jobs.launch = async (job) => {
    isAsked();
    await isHeld;
    return jobs.launch(job);
  };
  const handler = launchTable({ ...opened.world, jobs: { ...jobs, launch } }, message);
  await asked;
  await askRun(opened.world, 'c1', { what: 'cancel', run: RUN_A, requestedBy: 'ana', reason: '' });
  const watch = newWatch();
  await reconcile(opened.world, watch);
  const now = () => new Date(Date.parse(NOW) + 6000).toISOString();
  await reconcile({ ...opened.world, now }, watch);
  expect(await opened.isAtRest(RUN_A)).toBe(true);
  hold();
  await handler;
  expect(await jobs.running()).toEqual([]);
});
