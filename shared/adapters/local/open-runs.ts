import { existsSync } from 'node:fs';
import { join } from 'node:path';
import type { RunStore } from '../../ports/run-store.ts';
import { openStateFile } from './sqlite-file.ts';
import { sqliteRunStore } from './sqlite-run-store.ts';

/** Whether somebody made a world in this directory. */
export function isWorld(directory: string): boolean {
  return existsSync(join(directory, 'state.db'));
}

/** The state file alone: enough to look at runs, whoever owns the world. Null where there is no world. */
export function openRuns(directory: string): Readonly<{ runs: RunStore; close(): void }> | null {
  if (!isWorld(directory)) return null;
  const db = openStateFile(join(directory, 'state.db'));
  return { runs: sqliteRunStore(db), close: () => db.close() };
}
