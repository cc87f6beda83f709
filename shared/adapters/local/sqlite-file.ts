import { existsSync } from 'node:fs';
import { DatabaseSync } from 'node:sqlite';
import { PhasegateError } from '../../core/errors.ts';

const OUR_MARK = 0x70686773;
const SCHEMA_VERSION = 1;

const SCHEMA = `
  CREATE TABLE definition (hash TEXT PRIMARY KEY, text TEXT NOT NULL) STRICT;
  CREATE TABLE run (
    id TEXT PRIMARY KEY, version INTEGER NOT NULL, state TEXT, changed INTEGER NOT NULL
  ) STRICT;
  CREATE TABLE fact (
    run TEXT NOT NULL, id TEXT NOT NULL, event TEXT NOT NULL,
    posted INTEGER PRIMARY KEY AUTOINCREMENT, folded INTEGER,
    UNIQUE (run, id)
  ) STRICT;
  CREATE TABLE outbox (
    seq INTEGER PRIMARY KEY AUTOINCREMENT, run TEXT NOT NULL, effect TEXT NOT NULL
  ) STRICT;
  CREATE TABLE message (
    seq INTEGER PRIMARY KEY AUTOINCREMENT, id TEXT NOT NULL, topic TEXT NOT NULL,
    data TEXT NOT NULL, attempt INTEGER NOT NULL, due_ms INTEGER NOT NULL
  ) STRICT;
  CREATE TABLE dead_letter (
    id TEXT PRIMARY KEY, topic TEXT NOT NULL, data TEXT NOT NULL, reason TEXT NOT NULL
  ) STRICT;
  CREATE TABLE execution (
    launch TEXT PRIMARY KEY, run TEXT NOT NULL, dataset_table TEXT NOT NULL,
    state TEXT NOT NULL, pid INTEGER
  ) STRICT;
  CREATE TABLE told (key TEXT PRIMARY KEY, text TEXT NOT NULL, at TEXT NOT NULL) STRICT;
  PRAGMA application_id = ${OUR_MARK};
  PRAGMA user_version = ${SCHEMA_VERSION};`;

/**
 * Opens the state file of a local world, creating it when there is none. Commits survive a kill.
 *
 * @throws PhasegateError `invalid-input` for a file that is damaged, foreign or of another version; it is left as it is
 */
export function openStateFile(path: string): DatabaseSync {
  const isNew = path === ':memory:' || !existsSync(path);
  const db = new DatabaseSync(path);
  try {
    if (!isNew) assertOurs(db, path);
    db.exec('PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL; PRAGMA busy_timeout = 10000;');
    if (isNew) inTransaction(db, () => db.exec(SCHEMA));
    return db;
  } catch (error) {
    db.close();
    if (error instanceof PhasegateError) throw error;
    throw damaged(path, error);
  }
}

export function inTransaction<Result>(db: DatabaseSync, work: () => Result): Result {
  db.exec('BEGIN IMMEDIATE');
  try {
    const result = work();
    db.exec('COMMIT');
    return result;
  } catch (error) {
    db.exec('ROLLBACK');
    throw error;
  }
}

function assertOurs(db: DatabaseSync, path: string): void {
  const read = (pragma: string) => Object.values(db.prepare(`PRAGMA ${pragma}`).get() ?? {})[0];
  if (read('quick_check') !== 'ok') throw damaged(path, null);
  if (read('application_id') !== OUR_MARK) {
    throw new PhasegateError(
      'invalid-input',
      `${path} is a SQLite file, but not a Phasegate state file; it was left as it is. Choose another --world directory.`,
    );
  }
  const version = read('user_version');
  if (version !== SCHEMA_VERSION) {
    throw new PhasegateError(
      'invalid-input',
      `${path} has state version ${version}; this Phasegate reads version ${SCHEMA_VERSION}. It was left as it is.`,
    );
  }
}

function damaged(path: string, cause: unknown): PhasegateError {
  return new PhasegateError(
    'invalid-input',
    `${path} is damaged and was left as it is. Move it away to start anew (the warehouse beside it keeps its data), or restore it from a copy.`,
    cause,
  );
}
