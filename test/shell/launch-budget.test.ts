import { afterEach, expect, it } from 'vitest';
import { launchTable } from '../../shared/shell/launch-table.ts';
import { type LaunchingWorld, openLaunchingWorld, RUN_A } from './launching-world.ts';

let opened: LaunchingWorld;
afterEach(() => opened.close());

async function launchedWith(bytes: number | null) {
  opened = await openLaunchingWorld(1, { budget: { jobMinutes: null, bytes } });
  for (const day of ['2022-01-01', '2022-01-02', '2022-01-09']) await opened.write(day);
  const message = await opened.asksForPlayers(RUN_A, '2022-01-01..2022-01-05');
  await launchTable(opened.world, message);
  const state = (await opened.runs.load(RUN_A))?.state;
  return { message, spent: state?.spent.bytes, table: (await opened.stateOf(RUN_A)).table };
}

it('a job begins with exactly the bytes that it reads, and they are spent', async () => {
  const needed = Number((await launchedWith(1_000_000)).spent);
  expect(needed).toBeGreaterThan(0);
  await opened.close();
  const { message, spent, table } = await launchedWith(needed);
  expect(await opened.jobs.running()).toEqual([message.launch]);
  expect(table?.tag).toBe('running');
  expect(spent).toBe(needed);
});

it('a job that would read more than is left does not begin, holds no day, and says why', async () => {
  const { message, table, spent } = await launchedWith(3);
  expect(table).toMatchObject({
    tag: 'failed',
    message: expect.stringMatching(/^its job would read \d+ bytes, and 3 of the run's 3 are left$/),
  });
  expect(spent).toBe(0);
  expect(await opened.jobs.stateOf(message.launch)).toBe('unknown');
  expect(await opened.runs.locks()).toEqual([]);
});

it('a job whose launch is asked for again goes on, whatever it has cost', async () => {
  const { message, table } = await launchedWith(null);
  expect(table?.tag).toBe('running');
  const budget = { jobMinutes: null, bytes: 3 };
  const world = opened.world;
  const dear = async () => ({ ...(await world.pipelineOf('d1')), budget });
  await launchTable({ ...world, pipelineOf: dear }, message);
  expect((await opened.stateOf(RUN_A)).table?.tag).toBe('running');
});
