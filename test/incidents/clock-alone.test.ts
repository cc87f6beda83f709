import { describe, expect, it } from 'vitest';
import { launchId, parseRunId } from '../../shared/core/ids.ts';
import type { RunEvent } from '../../shared/core/run-event.ts';
import { record } from '../../shared/shell/drain.ts';
import { newWatch, reconcile } from '../../shared/shell/reconcile.ts';
import { RUN } from '../core/build.ts';
import { AT, neverRan, pipeline, requested, teams } from '../core/run-story.ts';
import { toldWorld } from './told-world.ts';

const launch = launchId(RUN, teams.name, 1);
const confirmed: RunEvent = {
  ...{ type: 'launch-confirmed', table: teams.name, attempt: 1, execution: 'x', at: AT },
};

describe('without any message', () => {
  it('a job over its deadline is asked to stop, and not a minute before', async () => {
    const { world, published, outside, stateOf } = await toldWorld(
      pipeline,
      requested,
      neverRan,
      confirmed,
    );
    outside.now = '2026-01-03T05:59:00.000Z';
    await reconcile(world, newWatch());
    expect(published).toEqual([]);
    outside.now = '2026-01-03T06:00:00.000Z';
    await reconcile(world, newWatch());
    expect(published).toMatchObject([{ launch, cancel: true }]);
    expect((await stateOf())?.tables[teams.name]?.tag).toBe('cancelling');
  });

  it('a run whose first question nobody ever answered ends at its deadline, and a person is told', async () => {
    const { world, published, outside, stateOf } = await toldWorld(pipeline, requested);
    outside.now = '2026-01-04T04:00:00.000Z';
    await reconcile(world, newWatch());
    expect((await stateOf())?.status).toBe('failed');
    expect(published).toMatchObject([{ text: expect.stringContaining('1440 minutes') }]);
  });
});

describe('a run that cannot be read', () => {
  const other = parseRunId('tiny-20220101-20220131-ffffffff');

  it.each([
    ['is older', [other, RUN]],
    ['is younger', [RUN, other]],
  ])(
    'keeps no other from its deadline, and is not passed over in silence: it %s',
    async (_, order) => {
      const { world, outside, stateOf } = await toldWorld(pipeline);
      for (const run of order) {
        const definition = run === RUN ? 'd1' : 'broken';
        await record(world, run, 'm1', { ...requested, run, definition } as RunEvent);
      }
      outside.now = '2026-01-04T04:00:00.000Z';
      const pipelineOf = async (hash: string) => {
        if (hash === 'broken') throw new Error('no such definition');
        return pipeline;
      };
      const reconciled = reconcile({ ...world, pipelineOf }, newWatch());
      await expect(reconciled).rejects.toThrow('no such definition');
      expect((await stateOf())?.status).toBe('failed');
      expect((await stateOf(other))?.status).toBe('reading');
    },
  );
});
