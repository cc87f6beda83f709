import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { expectedTriggers } from '../../shared/core/monitor/expected-triggers.ts';
import type { Monitor } from '../../shared/core/monitor/monitor.ts';
import type { Scheduler } from '../../shared/ports/scheduler.ts';
import { pipelineOf, sameDay, table } from '../core/build.ts';

export const AT = '2026-01-03T14:30:00.000Z';

function monitor(name: string, cron: string): Monitor {
  return {
    name,
    description: null,
    cron,
    timeZone: 'America/New_York',
    deadlineMinutes: 60,
    severity: 'error',
    channel: null,
    judges: { what: 'runs', lookBackDays: 14, leftAloneMinutes: 120, handOverMinutes: 15 },
  };
}

/** Two schedules: one at nine in the morning, one each quarter of an hour. */
export const SCHEDULED = {
  ...pipelineOf(table('a.teams', [sameDay('raw.schedule')])),
  monitors: [monitor('daily', '0 9 * * *'), monitor('stuck', '*/15 * * * *')],
};

type Opened = Readonly<{
  scheduler: Scheduler;
  /** Bodies of what was published, the oldest first. */
  calls: () => readonly unknown[];
  close(): void | Promise<void>;
}>;

/**
 * What every scheduler must do. Each adapter's test file is one call of this function.
 *
 * @param open with the schedules of `SCHEDULED`, none of which was ever called; now it is `AT`
 */
export function describeScheduler(adapter: string, open: () => Opened | Promise<Opened>): void {
  describe(`scheduler: ${adapter}`, () => {
    let opened: Opened;
    beforeEach(async () => {
      opened = await open();
    });
    afterEach(() => opened.close());
    const pause = { reason: 'the league moved', until: '2026-01-05T00:00:00.000Z', by: 'ana' };
    const named = async (name: string) =>
      (await opened.scheduler.list()).find((each) => each.name === name);

    it('lists every schedule by name, with what it says and whether it ever called', async () => {
      const found = await opened.scheduler.list();
      expect(found.map(({ knownAt: _, ...trigger }) => trigger)).toEqual(
        expectedTriggers(SCHEDULED).map((trigger) => ({
          ...trigger,
          isPaused: false,
          pause: null,
          lastAttemptAt: null,
          lastFailure: null,
        })),
      );
    });

    it('pauses one with a reason, an end and who said so, and resumes it, however often', async () => {
      await opened.scheduler.pause('monitor-daily', { ...pause, reason: 'first' });
      await opened.scheduler.pause('monitor-daily', pause);
      expect(await named('monitor-daily')).toMatchObject({ isPaused: true, pause });
      expect(await named('monitor-stuck')).toMatchObject({ isPaused: false, pause: null });
      await opened.scheduler.resume('monitor-daily');
      await opened.scheduler.resume('monitor-daily');
      expect(await named('monitor-daily')).toMatchObject({ isPaused: false, pause: null });
    });

    it('calls one now, also while it is paused, and remembers that it did', async () => {
      await opened.scheduler.pause('monitor-daily', pause);
      await opened.scheduler.run('monitor-daily');
      expect(opened.calls()).toMatchObject([{ pipeline: 'tiny', monitor: 'daily' }]);
      expect((await named('monitor-daily'))?.lastAttemptAt).toBe(AT);
      expect((await named('monitor-stuck'))?.lastAttemptAt).toBeNull();
    });

    it('knows no schedule of another name', async () => {
      const { scheduler } = opened;
      const asked = [scheduler.pause('x', pause), scheduler.resume('x'), scheduler.run('x')];
      for (const each of asked) await expect(each).rejects.toMatchObject({ kind: 'not-found' });
      expect(opened.calls()).toEqual([]);
    });
  });
}
