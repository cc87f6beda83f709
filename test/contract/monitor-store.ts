import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { parseDaySet } from '../../shared/core/day-set.ts';
import { type MonitorState, NEVER_OBSERVED } from '../../shared/core/monitor/monitor-state.ts';
import type { MonitorStore } from '../../shared/ports/monitor-store.ts';

const AT = '2026-01-03T14:00:00.000Z';

const SEEN: MonitorState = {
  open: [
    {
      cause: 'source/raw.box',
      severity: 'error',
      title: 'raw.box lacks what is promised of it',
      days: parseDaySet('2022-01-03..2022-01-05,2022-02-01'),
      details: ['raw.box days: 3/5; accepted: 100%'],
      next: null,
      since: AT,
      toldAt: null,
      quietUntil: AT,
    },
  ],
  over: [{ cause: 'own/a.teams', toldAt: AT }],
  runs: [
    {
      asked: AT,
      due: AT,
      startedAt: AT,
      endedAt: AT,
      verdict: 'IDLE',
      message: 'no game was due',
      findings: 1,
      evidence: null,
    },
  ],
  untold: [{ run: null, key: 'k', text: 'raw.box lacks', severity: 'error', channel: 'health' }],
};

type Opened = {
  store: MonitorStore;
  /** A second connection to the same monitors. */
  another: MonitorStore;
  close(): void | Promise<void>;
};

/** What every monitor store must do. Each adapter's test file is one call of this function. */
export function describeMonitorStore(adapter: string, open: () => Opened | Promise<Opened>): void {
  describe(`monitor store: ${adapter}`, () => {
    let opened: Opened;
    beforeEach(async () => {
      opened = await open();
    });
    afterEach(() => opened.close());

    it('knows of a monitor that never looked that it saw nothing', async () => {
      expect(await opened.store.load('freshness')).toEqual({ version: 0, state: NEVER_OBSERVED });
    });

    it('gives back what was kept, to everybody, and counts commits', async () => {
      await opened.store.commit('freshness', 0, SEEN);
      expect(await opened.another.load('freshness')).toEqual({ version: 1, state: SEEN });
      await opened.another.commit('freshness', 1, NEVER_OBSERVED);
      expect(await opened.store.load('freshness')).toEqual({ version: 2, state: NEVER_OBSERVED });
    });

    it('keeps monitors apart', async () => {
      await opened.store.commit('freshness', 0, SEEN);
      expect((await opened.store.load('daily')).version).toBe(0);
    });

    it.each([
      [0, 1],
      [2, 1],
    ])(
      'refuses a commit that expects version %i at version %i, and changes nothing',
      async (expected) => {
        await opened.store.commit('freshness', 0, SEEN);
        const late = opened.another.commit('freshness', expected, NEVER_OBSERVED);
        await expect(late).rejects.toMatchObject({ kind: 'conflict' });
        expect(await opened.store.load('freshness')).toEqual({ version: 1, state: SEEN });
      },
    );

    it('lets exactly one of many commit at one version', async () => {
      const both = [opened.store, opened.another];
      for (const version of [0, 1]) {
        const ends = await Promise.allSettled(
          Array.from({ length: 8 }, (_, index) =>
            both[index % 2]!.commit('freshness', version, { ...SEEN, runs: [] }),
          ),
        );
        expect(ends.filter(({ status }) => status === 'fulfilled').length).toBe(1);
      }
      expect((await opened.store.load('freshness')).version).toBe(2);
    });
  });
}
