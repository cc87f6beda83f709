import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { AlertRecord } from '../../shared/core/alerts/alert-record.ts';
import type { AlertMemory } from '../../shared/ports/alert-memory.ts';

const AT = '2026-01-03T14:00:00.000Z';
const TOLD: AlertRecord = {
  what: 'told',
  keys: ['run/a/2', 'run/a/1'],
  toldAt: AT,
  claimedAt: null,
};
const FREE: AlertRecord = { what: 'told', keys: [], toldAt: null, claimedAt: AT };
const FAILS: AlertRecord = { what: 'health', failedSince: AT, why: '404 no_service', isTold: true };
const TESTED: AlertRecord = { what: 'tested', channels: ['chat', 'mail'] };

type Opened = {
  memory: AlertMemory;
  /** A second connection to the same memory. */
  another: AlertMemory;
  close(): void | Promise<void>;
};

/** What every memory of alerts must do. Each adapter's test file is one call of this function. */
export function describeAlertMemory(adapter: string, open: () => Opened | Promise<Opened>): void {
  describe(`memory of alerts: ${adapter}`, () => {
    let opened: Opened;
    beforeEach(async () => {
      opened = await open();
    });
    afterEach(() => opened.close());

    it('knows nothing of what nobody kept', async () => {
      expect(await opened.memory.load('told chat x')).toEqual({ version: 0, record: null });
    });

    it.each([TOLD, FREE, FAILS, TESTED])(
      'gives $what back to every instance, as it was kept last',
      async (record) => {
        const id = `told chat ${'run/stuck__ü'.repeat(30)}`;
        await opened.memory.commit(id, 0, FREE, AT);
        await opened.another.commit(id, 1, record, AT);
        expect(await opened.memory.load(id)).toEqual({ version: 2, record });
        expect(await opened.memory.load(`${id}2`)).toEqual({ version: 0, record: null });
      },
    );

    it.each([
      [0, 1],
      [2, 1],
    ])(
      'refuses a commit that expects version %i at version %i, and changes nothing',
      async (expected) => {
        await opened.memory.commit('k', 0, TOLD, AT);
        const late = opened.another.commit('k', expected, FREE, AT);
        await expect(late).rejects.toMatchObject({ kind: 'conflict' });
        expect(await opened.memory.load('k')).toEqual({ version: 1, record: TOLD });
      },
    );

    it('lets exactly one of many claim a cause, whether anything was kept of it before', async () => {
      const both = [opened.memory, opened.another];
      for (const version of [0, 1]) {
        const ends = await Promise.allSettled(
          Array.from({ length: 8 }, (_, index) => both[index % 2]!.commit('k', version, FREE, AT)),
        );
        expect(ends.filter(({ status }) => status === 'fulfilled').length).toBe(1);
      }
    });
  });
}
