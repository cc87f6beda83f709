import { existsSync } from 'node:fs';
import { DatabaseSync } from 'node:sqlite';
import { PhasegateError } from '../../core/errors.ts';
import { SCHEMA_VERSION, STEPS } from './sqlite-schema.ts';

const OUR_MARK = 0x70686773;
const WAIT_MS = 10_000;
const PAUSE_MS = 10;
/** https://sqlite.org/rescode.html#busy */
const SQLITE_BUSY = 5;

/**
 * Opens the state file of a local world, creating it when there is none. Commits survive a kill. A file of an
 * earlier version is brought up to this one, as a whole or not at all.
 *
 * @throws PhasegateError `invalid-input` for a file that is damaged, foreign or of a later version; it is left as it is;
 *   `unavailable` while another process keeps it to itself
 */
export function openStateFile(path: string): DatabaseSync {
  const isNew = path === ':memory:' || !existsSync(path);
  const db = new DatabaseSync(path);
  try {
    db.exec(`PRAGMA busy_timeout = ${WAIT_MS}`);
    if (!isNew) assertOurs(db, path);
    writeAhead(db);
    db.exec('PRAGMA synchronous = FULL');
    if (versionOf(db) < SCHEMA_VERSION) inTransaction(db, () => bringUp(db));
    return db;
  } catch (error) {
    db.close();
    if (error instanceof PhasegateError) throw error;
    if (!isBusy(error)) throw damaged(path, error);
    throw new PhasegateError('unavailable', `${path} is kept by another process; try again`, error);
  }
}

/** A transaction that writes: it waits for other writers when it begins, not in its middle. */
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

/**
 * One statement that does not wait for the disk: it survives a kill of this process, and the next transaction
 * that waits takes it along. A failure of the machine before may undo it.
 */
export function withoutWaiting(db: DatabaseSync, statement: () => unknown): void {
  db.exec('PRAGMA synchronous = NORMAL');
  try {
    statement();
  } finally {
    db.exec('PRAGMA synchronous = FULL');
  }
}

/** The one statement for which SQLite does not wait by itself: two processes that make one file may meet here. */
function writeAhead(db: DatabaseSync): void {
  const pause = new Int32Array(new SharedArrayBuffer(4));
  for (let waited = 0; ; waited += PAUSE_MS) {
    try {
      db.exec('PRAGMA journal_mode = WAL');
      return;
    } catch (error) {
      if (!isBusy(error) || waited >= WAIT_MS) throw error;
      Atomics.wait(pause, 0, 0, PAUSE_MS);
    }
  }
}

function isBusy(error: unknown): boolean {
  return error instanceof Error && 'errcode' in error && error.errcode === SQLITE_BUSY;
}

/** Another process may have been first: the version counts that stands in the transaction. */
function bringUp(db: DatabaseSync): void {
  const version = versionOf(db);
  if (version >= SCHEMA_VERSION) return;
  for (const step of STEPS.slice(version)) db.exec(step);
  db.exec(`PRAGMA application_id = ${OUR_MARK}; PRAGMA user_version = ${SCHEMA_VERSION};`);
}

function assertOurs(db: DatabaseSync, path: string): void {
  if (read(db, 'quick_check') !== 'ok') throw damaged(path, null);
  if (isEmpty(db)) return;
  if (read(db, 'application_id') !== OUR_MARK) {
    throw new PhasegateError(
      'invalid-input',
      `${path} is a SQLite file, but not a Phasegate state file; it was left as it is. Choose another --world directory.`,
    );
  }
  const version = versionOf(db);
  if (version > SCHEMA_VERSION) {
    throw new PhasegateError(
      'invalid-input',
      `${path} has state version ${version}; this Phasegate reads versions 1 to ${SCHEMA_VERSION}. It was left as it is. Use the Phasegate that wrote it, or a later one.`,
    );
  }
}

/** What a process leaves that was killed between making the file and filling it. */
function isEmpty(db: DatabaseSync): boolean {
  return db.prepare('SELECT 1 FROM sqlite_schema').get() === undefined;
}

function versionOf(db: DatabaseSync): number {
  return Number(read(db, 'user_version'));
}

function read(db: DatabaseSync, pragma: string): unknown {
  return Object.values(db.prepare(`PRAGMA ${pragma}`).get() ?? {})[0];
}

function damaged(path: string, cause: unknown): PhasegateError {
  return new PhasegateError(
    'invalid-input',
    `${path} is damaged and was left as it is. Move it away to start anew (the warehouse beside it keeps its data), or restore it from a copy.`,
    cause,
  );
}
