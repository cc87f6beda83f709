import { join } from 'node:path';
import { expect, it } from 'vitest';
import { sqliteAlertMemory } from '../../shared/adapters/local/sqlite-alert-memory.ts';
import { openStateFile } from '../../shared/adapters/local/sqlite-file.ts';
import { emptyDirectory } from '../e2e/phasegate.ts';
import { describeAlertMemory } from './alert-memory.ts';

describeAlertMemory('SQLite', () => {
  const file = join(emptyDirectory(), 'state.db');
  const [one, two] = [openStateFile(file), openStateFile(file)];
  return {
    memory: sqliteAlertMemory(one),
    another: sqliteAlertMemory(two),
    close() {
      one.close();
      two.close();
    },
  };
});

it('what was told is forgotten by SQLite after 400 days, and not a day before', async () => {
  const db = openStateFile(':memory:');
  const memory = sqliteAlertMemory(db);
  const record = { what: 'tested', channels: [] } as const;
  await memory.commit('old', 0, record, '2025-01-01T00:00:00.000Z');
  await memory.commit('other', 0, record, '2026-02-04T23:00:00.000Z');
  expect((await memory.load('old')).version).toBe(1);
  await memory.commit('new', 0, record, '2026-02-05T01:00:00.000Z');
  expect((await memory.load('old')).version).toBe(0);
  expect((await memory.load('other')).version).toBe(1);
  db.close();
});
