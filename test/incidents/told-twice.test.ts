import { expect, it } from 'vitest';
import { launchId } from '../../shared/core/ids.ts';
import type { RunEvent } from '../../shared/core/run-event.ts';
import { record } from '../../shared/shell/drain.ts';
import { newWatch, reconcile } from '../../shared/shell/reconcile.ts';
import { recordJob } from '../../shared/shell/record-job.ts';
import { RUN } from '../core/build.ts';
import { AT, neverRan, pipeline, requested, teams } from '../core/run-story.ts';
import { toldWorld } from './told-world.ts';

const launch = launchId(RUN, teams.name, 1);
const confirmed: RunEvent = {
  ...{ type: 'launch-confirmed', table: teams.name, attempt: 1, execution: 'x', at: AT },
};

it('a fact that was posted by a process that died before it folded is folded when it comes again', async () => {
  const { world, published, stateOf } = await toldWorld(pipeline, requested);
  await world.runs.post(RUN, { id: 'outcomes:1', event: neverRan });
  expect((await stateOf())?.status).toBe('reading');
  await record(world, RUN, 'outcomes:1', neverRan);
  expect((await stateOf())?.status).toBe('live');
  expect(published).toMatchObject([{ launch }]);
});

it('a failure that the reconciler finds and that two messages tell is counted once', async () => {
  const { world, outside, stateOf } = await toldWorld(pipeline, requested, neverRan, confirmed);
  outside.execution = 'failed';
  const watch = newWatch();
  await reconcile(world, watch);
  outside.now = '2026-01-03T04:00:05.000Z';
  await reconcile(world, watch);
  const told = { run: RUN, launch, table: teams.name, attempt: 1, message: '', metrics: {} };
  await recordJob(world, { ...told, result: 'transient' });
  await recordJob(world, { ...told, result: 'permanent' });
  expect((await stateOf())?.tables[teams.name]).toMatchObject({ tag: 'waiting', failures: 1 });
});
