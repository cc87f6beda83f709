import { expect, it } from 'vitest';
import { localBus } from '../../shared/adapters/local/local-bus.ts';
import { openStateFile } from '../../shared/adapters/local/sqlite-file.ts';

it('a message of before a clock went back is delivered, not kept until the clock is there again', async () => {
  const db = openStateFile(':memory:');
  const bus = localBus(db);
  await bus.publish('phasegate-start', { n: 1 });
  db.prepare('UPDATE message SET due_ms = ?').run(Date.now() + 3_600_000);
  const heard = await new Promise<string>((resolve) =>
    bus.subscribe('phasegate-start', async ({ data }) => resolve(data)),
  );
  expect(heard).toBe('{"n":1}');
  await bus.close();
  db.close();
});
