import type { DatabaseSync } from 'node:sqlite';
import { PhasegateError } from '../../core/errors.ts';
import { readAlertRecord, writeAlertRecord } from '../../edge/alert-record-text.ts';
import type { AlertMemory } from '../../ports/alert-memory.ts';

const KEPT_DAYS = 400;

/** What people were told, in the state file that `openStateFile` opened. */
export function sqliteAlertMemory(db: DatabaseSync): AlertMemory {
  const find = db.prepare('SELECT version, record FROM alert WHERE id = ?');
  const create = db.prepare('INSERT OR IGNORE INTO alert VALUES (?, 1, ?, ?)');
  const change = db.prepare(
    'UPDATE alert SET version = version + 1, record = ?, at = ? WHERE id = ? AND version = ?',
  );
  const forget = db.prepare(
    `DELETE FROM alert WHERE at < strftime('%Y-%m-%dT%H:%M:%fZ', ?, '-${KEPT_DAYS} days')`,
  );
  return {
    async load(id) {
      const row = find.get(id) as { version: number; record: string } | undefined;
      if (row === undefined) return { version: 0, record: null };
      return { version: row.version, record: readAlertRecord(row.record) };
    },

    async commit(id, expected, record, at) {
      const text = writeAlertRecord(record);
      const { changes } =
        expected === 0 ? create.run(id, text, at) : change.run(text, at, id, expected);
      if (changes === 0) {
        throw new PhasegateError('conflict', `${id} is no longer at version ${expected}`);
      }
      if (expected === 0) forget.run(at);
    },
  };
}
