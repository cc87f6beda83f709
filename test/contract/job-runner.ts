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
  close(): Promise<void>;
};

/** Tables whose jobs behave as they are called; each adapter's opener provides them. */
export const BEHAVIOURS = ['jobs.succeed', 'jobs.refuse', 'jobs.stumble', 'jobs.hang'] as const;

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

    const launchOf = (name: (typeof BEHAVIOURS)[number], attempt = 1): Launch => {
      const table = parseTableName(name);
      return {
        id: launchId(RUN, table, attempt),
        run: RUN,
        table,
        attempt,
        days: parseDaySet('2022-01-01..2022-01-03,2022-01-07'),
        definition: 'd1',
      };
    };

    it.each([
      ['jobs.succeed', 'succeeded', 'succeeded'],
      ['jobs.refuse', 'permanent', 'failed'],
      ['jobs.stumble', 'transient', 'failed'],
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
      await opened.runner.launch(launch);
      expect(await opened.runner.stateOf(launch.id)).toBe('running');
      expect(await opened.runner.stateOf(launchOf('jobs.hang', 9).id)).toBe('unknown');
    });
  });
}
