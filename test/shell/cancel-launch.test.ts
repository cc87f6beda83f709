import { afterEach, expect, it } from 'vitest';
import { cancelLaunch } from '../../shared/shell/cancel-launch.ts';
import { record } from '../../shared/shell/drain.ts';
import { launchTable } from '../../shared/shell/launch-table.ts';
import { recordJob } from '../../shared/shell/record-job.ts';
import { type LaunchingWorld, openLaunchingWorld, RUN_A } from './launching-world.ts';

let opened: LaunchingWorld;
afterEach(() => opened.close());

it('a job that had done its work before it was asked to stop has not failed', async () => {
  opened = await openLaunchingWorld();
  await opened.write('2022-01-01');
  const { world } = opened;
  const message = await opened.asksForPlayers(RUN_A, '2022-01-01..2022-01-05');
  await launchTable(world, message);
  await record(world, RUN_A, 'tick', { type: 'clock-ticked', at: '2026-01-03T08:00:00.000Z' });
  expect((await opened.stateOf(RUN_A)).table?.tag).toBe('cancelling');
  const jobs = { ...world.jobs, cancel: async () => 'succeeded' as const };
  await cancelLaunch({ ...world, jobs }, { ...message, cancel: true });
  expect((await opened.stateOf(RUN_A)).table?.tag).toBe('cancelling');
  const { run, table, attempt, launch } = message;
  const done = {
    run,
    table,
    attempt,
    launch,
    result: 'succeeded',
    message: '',
    metrics: {},
  } as const;
  await recordJob(world, done);
  expect((await opened.stateOf(RUN_A)).table?.tag).toBe('verifying');
});
