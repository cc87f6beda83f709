import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { parseDaySet } from '../../shared/core/day-set.ts';
import { launchId, parseTableName } from '../../shared/core/ids.ts';
import type { JobFinishedMessage } from '../../shared/core/messages.ts';
import type { JobRunner, Launch } from '../../shared/ports/job-runner.ts';
import { RUN } from '../core/build.ts';

export type OpenedRunner = {
  runner: JobRunner;
  /** The next message on `phasegate-job-finished`. */
  nextFinished(): Promise<JobFinishedMessage>;
  /** How often a job began its work for this launch. */
  startsOf(launch: Launch): number;
  /** Resolves when a job has begun its work for this launch. */
  begun(launch: Launch): Promise<void>;
  /** Every message on `phasegate-job-finished` that came for this launch, once no more are on their way. */
  allFinished(launch: Launch): Promise<readonly JobFinishedMessage[]>;
  close(): Promise<void>;
};

/**
 * Tables whose jobs behave as they are called; each adapter's opener provides them. `wait` is not ready, `exceed`
 * is over a quota, `yield` was interrupted; `hang`, `stay` and `hurry` go on until they are stopped: `stay` takes
 * no notice of being asked, `hurry` ends well when it is asked.
 */
export const BEHAVIOURS = [
  'jobs.succeed',
  'jobs.refuse',
  'jobs.misread',
  'jobs.stumble',
  'jobs.wait',
  'jobs.exceed',
  'jobs.yield',
  'jobs.hang',
  'jobs.stay',
  'jobs.hurry',
] as const;

/** A launch of the table that behaves so. */
export function launchOf(name: (typeof BEHAVIOURS)[number], attempt = 1): Launch {
  const table = parseTableName(name);
  return {
    id: launchId(RUN, table, attempt),
    run: RUN,
    table,
    attempt,
    days: parseDaySet('2022-01-01..2022-01-03,2022-01-07'),
    definition: 'd1',
    image: null,
    program: null,
  };
}

/** What every job runner must do. Each adapter's test file is one call of this function. */
export function describeJobRunner(
  adapter: string,
  open: () => OpenedRunner | Promise<OpenedRunner>,
): void {
  describe(`job runner: ${adapter}`, () => {
    let opened: OpenedRunner;
    beforeEach(async () => {
      opened = await open();
    });
    afterEach(() => opened.close());

    it.each([
      ['jobs.succeed', 'succeeded', 'succeeded'],
      ['jobs.refuse', 'permanent', 'failed'],
      ['jobs.misread', 'permanent', 'failed'],
      ['jobs.stumble', 'transient', 'failed'],
      ['jobs.wait', 'not-ready', 'failed'],
      ['jobs.exceed', 'quota', 'failed'],
      ['jobs.yield', 'interrupted', 'failed'],
    ] as const)('says how %s ended, once it has', async (name, result, state) => {
      const finished = opened.nextFinished();
      const launch = launchOf(name);
      await opened.runner.launch(launch);
      expect(await finished).toMatchObject({
        run: RUN,
        launch: launch.id,
        table: name,
        attempt: 1,
        result,
      });
      expect(await opened.runner.stateOf(launch.id)).toBe(state);
    });

    it('starts a launch once, however often it is asked', async () => {
      const finished = opened.nextFinished();
      const launch = launchOf('jobs.succeed');
      const all = await Promise.all([1, 2, 3].map(() => opened.runner.launch(launch)));
      expect(new Set(all.map(({ execution }) => execution)).size).toBe(1);
      await finished;
      await opened.runner.launch(launch);
      expect(opened.startsOf(launch)).toBe(1);
    });

    it('starts another attempt anew', async () => {
      for (const attempt of [1, 2]) {
        const finished = opened.nextFinished();
        await opened.runner.launch(launchOf('jobs.succeed', attempt));
        expect(await finished).toMatchObject({ attempt });
      }
    });

    it('knows a running launch, and nothing of one that was never started', async () => {
      const launch = launchOf('jobs.hang');
      expect(await opened.runner.running()).toEqual([]);
      await opened.runner.launch(launch);
      expect(await opened.runner.stateOf(launch.id)).toBe('running');
      expect(await opened.runner.running()).toEqual([launch.id]);
      expect(await opened.runner.stateOf(launchOf('jobs.hang', 9).id)).toBe('unknown');
    });

    it('lists no launch as running whose end was told', async () => {
      const launch = launchOf('jobs.succeed');
      await opened.runner.launch(launch);
      await opened.allFinished(launch);
      expect(await opened.runner.running()).toEqual([]);
    });

    it.each([
      ['jobs.hang', 'cancelled', 'failed'],
      ['jobs.stay', 'cancelled', 'failed'],
      ['jobs.hurry', 'succeeded', 'succeeded'],
    ] as const)(
      'stops %s when it is cancelled, once, and says how it ended',
      async (name, result, state) => {
        const launch = launchOf(name);
        await opened.runner.launch(launch);
        await opened.begun(launch);
        expect(await opened.runner.cancel(launch.id)).toBe('running');
        expect(['running', state]).toContain(await opened.runner.cancel(launch.id));
        expect(await opened.allFinished(launch)).toMatchObject([
          { run: RUN, table: name, attempt: 1, result },
        ]);
        expect(await opened.runner.stateOf(launch.id)).toBe(state);
        expect(await opened.runner.running()).toEqual([]);
        await opened.runner.launch(launch);
        expect(opened.startsOf(launch)).toBe(1);
      },
    );

    it('leaves the others alone when it cancels one', async () => {
      const [one, other] = [launchOf('jobs.hang', 1), launchOf('jobs.hang', 2)];
      for (const launch of [one, other]) await opened.runner.launch(launch);
      await opened.runner.cancel(one.id);
      await opened.allFinished(one);
      expect(await opened.runner.running()).toEqual([other.id]);
    });

    it('never starts a launch that was cancelled before it started', async () => {
      const launch = launchOf('jobs.succeed');
      expect(await opened.runner.cancel(launch.id)).toBe('unknown');
      await expect(opened.runner.launch(launch)).rejects.toMatchObject({ kind: 'conflict' });
      expect(await opened.runner.stateOf(launch.id)).toBe('unknown');
      const next = launchOf('jobs.succeed', 2);
      await opened.runner.launch(next);
      await opened.allFinished(next);
      expect([opened.startsOf(launch), opened.startsOf(next)]).toEqual([0, 1]);
    });

    it('says of a launch that is over how it ended, cancelled or not, and tells it no second time', async () => {
      const launch = launchOf('jobs.succeed');
      await opened.runner.launch(launch);
      await opened.allFinished(launch);
      expect(await opened.runner.cancel(launch.id)).toBe('succeeded');
      expect(await opened.allFinished(launch)).toHaveLength(1);
    });
  });
}
