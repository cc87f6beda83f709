import type { DatabaseSync } from 'node:sqlite';
import { PhasegateError } from '../../core/errors.ts';
import { NEVER_OBSERVED } from '../../core/monitor/monitor-state.ts';
import { readMonitorState, writeMonitorState } from '../../edge/monitor-state-text.ts';
import type { MonitorStore } from '../../ports/monitor-store.ts';

/** What monitors saw, in the state file that `openStateFile` opened. */
export function sqliteMonitorStore(db: DatabaseSync): MonitorStore {
  const find = db.prepare('SELECT version, state FROM monitor WHERE name = ?');
  const create = db.prepare('INSERT OR IGNORE INTO monitor VALUES (?, 1, ?)');
  const change = db.prepare(
    'UPDATE monitor SET version = version + 1, state = ? WHERE name = ? AND version = ?',
  );
  return {
    async load(monitor) {
      const row = find.get(monitor) as { version: number; state: string } | undefined;
      if (row === undefined) return { version: 0, state: NEVER_OBSERVED };
      return { version: row.version, state: readMonitorState(row.state) };
    },

    async commit(monitor, expected, state) {
      const text = writeMonitorState(state);
      const { changes } =
        expected === 0 ? create.run(monitor, text) : change.run(text, monitor, expected);
      if (changes > 0) return;
      const message = `monitor ${monitor} is no longer at version ${expected}`;
      throw new PhasegateError('conflict', message);
    },
  };
}
