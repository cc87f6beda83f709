import { randomUUID } from 'node:crypto';
import { afterAll, describe, expect, it, vi } from 'vitest';
import { firestoreClient } from '../../shared/adapters/gcp/firestore-client.ts';
import { firestoreRunStore } from '../../shared/adapters/gcp/firestore-run-store.ts';
import type { RunEvent } from '../../shared/core/run-event.ts';
import { record } from '../../shared/shell/drain.ts';
import { pipelineOf, RUN, sameDay, table } from '../core/build.ts';
import { AT, requestedRun } from '../core/requested-run.ts';
import { deafLine } from './deaf-line.ts';
import { firestoreEmulator } from './emulators.ts';

const emulator = await firestoreEmulator();
/** Less than what a client waits for an answer. */
const SEEN = { timeout: 15_000 };
const ends: (() => unknown)[] = [];
afterAll(async () => {
  for (const end of ends.reverse()) await end();
  await emulator?.stop();
});

/** One client by a line on which answers are lost, one by another line. */
async function connected() {
  const line = await deafLine(emulator?.host ?? '');
  const projectId = `p-${randomUUID()}`;
  const deaf = firestoreClient({ projectId, host: line.host });
  const well = firestoreClient({ projectId, host: emulator?.host ?? '' });
  ends.push(
    line.close,
    ...[deaf, well].map((client) => async () => (await client.db()).terminate()),
  );
  return { line, deaf, well };
}

describe.skipIf(emulator === null)(
  'when the answer to a write is lost after it was written',
  () => {
    it('a fact is folded once, and what it promised is kept', async () => {
      const { line, deaf, well } = await connected();
      const pipeline = pipelineOf(table('a.teams', [sameDay('raw.schedule')]));
      const runs = firestoreRunStore(deaf);
      const witness = firestoreRunStore(well);
      const published: unknown[] = [];
      const world = {
        runs: {
          ...runs,
          commit(...args: Parameters<typeof runs.commit>) {
            line.loseAnswers();
            return runs.commit(...args);
          },
        },
        bus: { publish: async (_: unknown, body: unknown) => String(published.push(body)) },
        pipelineOf: async () => pipeline,
      };
      const recordDeaf = async (id: string, event: RunEvent, version: number) => {
        const recorded = record(world, RUN, id, event);
        await vi.waitFor(
          async () => expect((await witness.load(RUN))?.version).toBe(version),
          SEEN,
        );
        line.breakOff();
        await recorded;
      };
      await recordDeaf('m1', requestedRun(pipeline), 1);
      expect(published).toEqual([{ run: RUN, round: 1, what: 'outcomes' }]);
      await recordDeaf('c1', { type: 'cancel-requested', by: 'ana', reason: 'enough', at: AT }, 2);
      const stored = await witness.load(RUN);
      expect(stored).toMatchObject({ version: 2, state: { status: 'cancelled' } });
      expect([stored?.inbox, stored?.outbox]).toEqual([[], []]);
      expect((await witness.facts(RUN)).map(({ id }) => id)).toEqual(['m1', 'c1']);
    });
  },
);
