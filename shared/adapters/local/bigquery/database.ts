import { realpathSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type DuckDBConnection, DuckDBInstance } from '@duckdb/node-api';
import { PhasegateError } from '../../../core/errors.ts';
import type { Known } from './relations.ts';
import { macroStatements } from './translate/macros.ts';

type Use<T> = (connection: DuckDBConnection, known: Known) => Promise<T>;

/** One opened DuckDB file: any number of readers, one writer at a time. */
export type Database = Readonly<{
  /** A connection of its own, outside of any other's transaction. */
  read: <T>(use: Use<T>) => Promise<T>;
  /**
   * One transaction at a time, in the order asked for; a throw undoes all of it. Who makes, changes or
   * drops a table or view says `names`: nothing that was known before is known after it.
   */
  write: <T>(changes: 'rows' | 'names', use: Use<T>) => Promise<T>;
  /** Breaks off what still runs; a broken write leaves nothing behind. */
  close: () => Promise<void>;
}>;

/** DuckDB's lock does not stop a second opener inside one process. */
const openedHere = new Set<string>();

/**
 * @throws PhasegateError `conflict` when another process owns the file (its pid is in the message),
 * `invalid-input` when the file is not a DuckDB database (it is left as it was)
 */
export async function openDatabase(file: string): Promise<Database> {
  const instance = await DuckDBInstance.create(':memory:', {
    memory_limit: '640MB',
    threads: '2',
    temp_directory:
      file === ':memory:' ? join(tmpdir(), `phasegate-${process.pid}`) : `${file}.tmp`,
    autoinstall_known_extensions: 'false',
  });
  const writer = await instance.connect();
  const path = await attach(writer, file);
  await writer.run("SET GLOBAL TimeZone = 'UTC'");
  for (const statement of macroStatements()) await writer.run(statement);
  await writer.run('USE warehouse');
  let turn: Promise<unknown> = Promise.resolve();
  let isClosing = false;
  let known: Known = new Map();
  let areNamesChanging = false;
  const knownNow = (): Known => (areNamesChanging ? new Map() : known);
  const readers = new Set<Promise<unknown>>();
  const reading = new Set<DuckDBConnection>();
  const idle: DuckDBConnection[] = [];
  const reader = async () => {
    const kept = idle.pop();
    if (kept !== undefined) return kept;
    const connection = await instance.connect();
    await connection.run('USE warehouse');
    return connection;
  };

  return {
    read: async (use) => {
      const result = (async () => {
        const connection = await reader();
        reading.add(connection);
        try {
          return await use(connection, knownNow());
        } finally {
          reading.delete(connection);
          idle.push(connection);
        }
      })();
      const settled = result.catch(() => undefined);
      readers.add(settled);
      settled.then(() => readers.delete(settled));
      return result;
    },
    write: (changes, use) => {
      const mine = turn.then(async () => {
        if (isClosing) throw new PhasegateError('unavailable', 'the warehouse is being closed');
        const before = known;
        areNamesChanging = changes === 'names';
        if (areNamesChanging) known = new Map();
        try {
          return await inTransaction(writer, (connection) => use(connection, knownNow()));
        } catch (error) {
          known = before;
          throw error;
        } finally {
          areNamesChanging = false;
        }
      });
      turn = mine.catch(() => undefined);
      return mine;
    },
    close: async () => {
      isClosing = true;
      for (const connection of [writer, ...reading]) connection.interrupt();
      await turn;
      await Promise.all(readers);
      for (const connection of idle) connection.closeSync();
      // A write that was broken off while it committed leaves its transaction open.
      await writer.run('ROLLBACK').catch(() => undefined);
      await writer.run('USE memory; DETACH warehouse');
      writer.closeSync();
      instance.closeSync();
      openedHere.delete(path);
    },
  };
}

async function attach(connection: DuckDBConnection, file: string): Promise<string> {
  const owner = pathOf(file);
  if (file !== ':memory:' && openedHere.has(owner)) {
    throw new PhasegateError(
      'conflict',
      `${file} is already open in this process, pid ${process.pid}`,
    );
  }
  try {
    await connection.run(`ATTACH '${file.replaceAll("'", "''")}' AS warehouse`);
  } catch (error) {
    connection.closeSync();
    throw openingError(file, error);
  }
  const path = pathOf(file);
  if (file !== ':memory:') openedHere.add(path);
  return path;
}

function pathOf(file: string): string {
  try {
    return realpathSync(file);
  } catch {
    return file;
  }
}

function openingError(file: string, error: unknown): PhasegateError {
  const message = error instanceof Error ? error.message : String(error);
  const [, pid] = /PID (\d+)/.exec(message) ?? [];
  if (pid !== undefined) {
    return new PhasegateError(
      'conflict',
      `${file} is owned by process ${pid}; end it or talk to it`,
      error,
    );
  }
  if (/not a valid DuckDB database|Serialization Error|newer version|corrupt/i.test(message)) {
    return new PhasegateError(
      'invalid-input',
      `${file} is not a readable DuckDB file; it was left untouched: ${message}`,
      error,
    );
  }
  return new PhasegateError('unavailable', `${file} could not be opened: ${message}`, error);
}

async function inTransaction<T>(
  connection: DuckDBConnection,
  use: (connection: DuckDBConnection) => Promise<T>,
): Promise<T> {
  await connection.run('BEGIN');
  try {
    const result = await use(connection);
    await connection.run('COMMIT');
    return result;
  } catch (error) {
    await connection.run('ROLLBACK').catch(() => undefined);
    throw error;
  }
}
