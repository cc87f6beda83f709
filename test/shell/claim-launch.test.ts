import { afterEach, beforeEach, expect, it } from 'vitest';
import { launchId } from '../../shared/core/ids.ts';
import { askRun } from '../../shared/shell/ask-run.ts';
import { claimLaunch } from '../../shared/shell/claim-launch.ts';
import { launchTable } from '../../shared/shell/launch-table.ts';
import { recordJob } from '../../shared/shell/record-job.ts';
import {
  type LaunchingWorld,
  openLaunchingWorld,
  players,
  RUN_A,
  teams,
} from './launching-world.ts';

let opened: LaunchingWorld;
let message: Awaited<ReturnType<LaunchingWorld['asksForPlayers']>>;

beforeEach(async () => {
  opened = await openLaunchingWorld();
  await opened.write('2022-01-01');
  message = await opened.asksForPlayers(RUN_A, '2022-01-01..2022-01-05');
  await launchTable(opened.world, message);
});
afterEach(() => opened.close());

const claim = (execution: string) => claimLaunch(opened.world, message.launch, execution);
const cancel = () =>
  askRun(opened.world, 'c1', { what: 'cancel', run: RUN_A, requestedBy: 'ana', reason: '' });

/** As after somebody changed it, and another launch saw that. */
const begunToLookAgain = async () => {
  const stored = await opened.runs.load(RUN_A);
  if (stored?.state == null) throw new Error('no run');
  const { version: expected, state } = stored;
  const verifying = { tag: 'verifying', attempt: 1, days: [], look: 1 } as const;
  const tables = { ...state.tables, [teams.name]: verifying };
  await opened.runs.commit(RUN_A, {
    expected,
    state: { ...state, tables },
    folded: [],
    effects: [],
  });
};

it('the first execution that asks has the launch, and every other one is told so', async () => {
  expect([await claim('one'), await claim('two'), await claim('one')]).toEqual([
    'one',
    'one',
    'one',
  ]);
});

it('an execution that was asked to stop before it began does not begin', async () => {
  await cancel();
  expect(await claim('one')).toBe('cancelled');
});

it('an execution that has begun may come to its end while it is asked to stop', async () => {
  await claim('one');
  await cancel();
  expect(await claim('one')).toBe('one');
});

it('an execution that its run has given up writes nothing more, though it had begun', async () => {
  await claim('one');
  const { run, table, attempt, launch } = message;
  const end = { run, table, attempt, launch, message: '', metrics: {} };
  await recordJob(opened.world, { ...end, result: 'interrupted' });
  expect((await opened.stateOf(RUN_A)).table).toMatchObject({ tag: 'launching', attempt: 2 });
  expect(await claim('one')).toBe('cancelled');
  const next = launchId(RUN_A, players.name, 2);
  expect(await claimLaunch(opened.world, next, 'two')).toBe('two');
});

it('an execution does not begin while a table that it reads is being looked at again', async () => {
  await begunToLookAgain();
  expect(await claim('one')).toBe('cancelled');
});

it('an execution that has begun goes on while a table that it reads is being looked at again', async () => {
  await claim('one');
  await begunToLookAgain();
  expect(await claim('one')).toBe('one');
});
