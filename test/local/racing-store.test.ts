import { once } from 'node:events';
import { join, resolve } from 'node:path';
import { Worker } from 'node:worker_threads';
import { expect, it } from 'vitest';
import { emptyDirectory } from '../e2e/phasegate.ts';

const RACER = resolve(import.meta.dirname, '../fixtures/racing-store.ts');
const RACERS = 3;
const ROUNDS = 40;

it('of three who make the state file at once and go for the same locks and fences, one has each', async () => {
  const file = join(emptyDirectory(), 'state.db');
  const gate = new SharedArrayBuffer(4 * (ROUNDS + 1));
  const all = await Promise.all(
    Array.from({ length: RACERS }, async (_, me) => {
      const workerData = { file, me, racers: RACERS, rounds: ROUNDS, gate };
      const [told] = await once(new Worker(RACER, { workerData }), 'message');
      return told as { locked: boolean[]; claimed: string[] };
    }),
  );
  for (let round = 0; round < ROUNDS; round++) {
    expect(all.filter(({ locked }) => locked[round]).length).toBe(1);
    expect(new Set(all.map(({ claimed }) => claimed[round])).size).toBe(1);
  }
});
