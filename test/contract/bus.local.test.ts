import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { localBus } from '../../shared/adapters/local/local-bus.ts';
import { openStateFile } from '../../shared/adapters/local/sqlite-file.ts';
import { describeBus } from './bus.ts';

describeBus('local', () => {
  const db = openStateFile(':memory:');
  const bus = localBus(db);
  return {
    bus,
    subscribe: bus.subscribe,
    nextDeath: () => new Promise((resolve) => bus.onDeath(resolve)),
    close: async () => {
      await bus.close();
      db.close();
    },
  };
});

it('keeps a message that nobody handled for the next owner of the file', async () => {
  const file = join(mkdtempSync(join(tmpdir(), 'phasegate-')), 'state.db');
  const first = openStateFile(file);
  const before = localBus(first);
  const id = await before.publish('phasegate-start', { a: 1 });
  await before.close();
  first.close();

  const second = openStateFile(file);
  const after = localBus(second);
  const delivered = new Promise<string>((resolve) =>
    after.subscribe('phasegate-start', async ({ messageId }) => resolve(messageId)),
  );
  expect(await delivered).toBe(id);
  await after.close();
  second.close();
});

it('delivers late, twice and out of order when it is asked to, and still every message', async () => {
  const db = openStateFile(':memory:');
  let seed = 7;
  const random = () => {
    seed = (seed * 16_807) % 2_147_483_647;
    return seed / 2_147_483_647;
  };
  const bus = localBus(db, { late: 0.5, twice: 0.5, random });
  const order: number[] = [];
  const all = new Promise<void>((resolve) => {
    bus.subscribe('phasegate-start', async ({ data }) => {
      order.push(JSON.parse(data).n);
      if (new Set(order).size === 30) resolve();
    });
  });
  for (let n = 0; n < 30; n++) await bus.publish('phasegate-start', { n });
  await all;
  expect(order.length).toBeGreaterThan(30);
  expect(order).not.toEqual(order.toSorted((a, b) => a - b));
  await bus.close();
  db.close();
});
