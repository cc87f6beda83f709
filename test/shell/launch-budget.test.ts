import { afterEach, expect, it } from 'vitest';
import type { Pipeline } from '../../shared/core/pipeline.ts';
import type { World } from '../../shared/ports/world.ts';
import { launchTable } from '../../shared/shell/launch-table.ts';
import { pipelineOf } from '../core/build.ts';
import {
  JOB,
  type LaunchingWorld,
  openLaunchingWorld,
  players,
  RUN_A,
  teams,
} from './launching-world.ts';

let opened: LaunchingWorld;
afterEach(() => opened.close());

async function askedWith(bytes: number, bounds: Partial<Pipeline> = {}) {
  opened = await openLaunchingWorld(1, { ...bounds, budget: { jobMinutes: null, bytes } });
  for (const day of ['2022-01-01', '2022-01-02', '2022-01-09']) await opened.write(day);
  return opened.asksForPlayers(RUN_A, '2022-01-01..2022-01-05');
}

async function launchedWith(bytes: number) {
  const message = await askedWith(bytes);
  await launchTable(opened.world, message);
  return { message, ...(await whatBecame()) };
}

async function whatBecame() {
  const spent = (await opened.runs.load(RUN_A))?.state?.spent.bytes;
  return { spent: Number(spent), table: (await opened.stateOf(RUN_A)).table };
}

/** The world of an instance that is killed when it has begun a job, before it can say so. */
function killedBeforeItSays({ runs, ...world }: World): World {
  const commit: World['runs']['commit'] = async (run, step) => {
    if (step.posted?.event.type === 'launch-confirmed') throw new Error('the instance was killed');
    return runs.commit(run, step);
  };
  return { ...world, runs: { ...runs, commit } };
}

it('a job begins with exactly the bytes that it reads, and they are spent', async () => {
  const needed = (await launchedWith(1_000_000)).spent;
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
  expect(await opened.runs.claim(message.launch, 'late')).toBe('cancelled');
  expect(await opened.runs.locks()).toEqual([]);
});

it('a job that has begun goes on when its launch is asked for again, whatever it would read by now', async () => {
  const needed = (await launchedWith(1_000_000)).spent;
  await opened.close();
  const message = await askedWith(needed);
  const killed = launchTable(killedBeforeItSays(opened.world), message);
  await expect(killed).rejects.toThrow('killed');
  expect((await whatBecame()).table?.tag).toBe('launching');
  await opened.write('2022-01-03');
  await launchTable(opened.world, message);
  const { table, spent } = await whatBecame();
  expect(table?.tag).toBe('running');
  expect(spent).toBeGreaterThan(needed);
  expect(await opened.jobs.running()).toEqual([message.launch]);
});

it('a program begins whatever it will read, and what it reads is not counted', async () => {
  const command = [process.execPath, JOB, 'job', 'jobs.hang'] as const;
  const program = { image: null, command, args: [] };
  const job = { kind: 'program', program, writers: 1, deadlineMinutes: null } as const;
  const { phases } = pipelineOf(teams, { ...players, job });
  const message = await askedWith(3, { phases });
  await launchTable(opened.world, message);
  const { table, spent } = await whatBecame();
  expect(table?.tag).toBe('running');
  expect(spent).toBe(0);
  expect(await opened.jobs.running()).toEqual([message.launch]);
});
