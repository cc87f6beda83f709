import { mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { describe, expect, it } from 'vitest';
import { deadLetters } from '../../shared/adapters/local/dead-letters.ts';
import { openStateFile } from '../../shared/adapters/local/sqlite-file.ts';
import { sqliteRunStore } from '../../shared/adapters/local/sqlite-run-store.ts';
import { SCHEMA_VERSION, STEPS } from '../../shared/adapters/local/sqlite-schema.ts';
import { RUN } from '../core/build.ts';

const fresh = () => join(mkdtempSync(join(tmpdir(), 'phasegate-')), 'state.db');

/** A state file as the first Phasegate left it, and what somebody did to it then. */
function firstVersion(change: string): string {
  const file = fresh();
  const db = new DatabaseSync(file);
  db.exec(`${STEPS[0]} PRAGMA application_id = 0x70686773; PRAGMA user_version = 1; ${change}`);
  db.close();
  return file;
}

describe('a state file', () => {
  it.each([
    [
      'text',
      Buffer.from('not a database at all, but long enough to look like something'.repeat(50)),
    ],
    ['nothing but zeros', Buffer.alloc(8192)],
  ])('of %s is refused and left as it is', (_, bytes) => {
    const file = fresh();
    writeFileSync(file, bytes);
    expect(() => openStateFile(file)).toThrow(/left as it is/);
    expect(readFileSync(file)).toEqual(bytes);
  });

  it('with a damaged page is refused and left as it is', () => {
    const file = fresh();
    const db = openStateFile(file);
    db.exec(
      `INSERT INTO definition SELECT 'h' || value, hex(randomblob(500)) FROM json_each('[${Array.from({ length: 200 }, (_, n) => n)}]')`,
    );
    db.exec('PRAGMA wal_checkpoint(TRUNCATE); PRAGMA journal_mode = DELETE');
    db.close();
    const bytes = readFileSync(file);
    bytes.fill(0xab, 3 * 4096, bytes.length - 4096);
    writeFileSync(file, bytes);
    expect(() => openStateFile(file)).toThrow(/damaged/);
    expect(readFileSync(file)).toEqual(bytes);
  });

  it('that belongs to another program is refused', () => {
    const file = fresh();
    const db = new DatabaseSync(file);
    db.exec('CREATE TABLE other (a)');
    db.close();
    expect(() => openStateFile(file)).toThrow(/not a Phasegate state file/);
  });

  it('of a later version is refused', () => {
    const file = fresh();
    const db = openStateFile(file);
    db.exec('PRAGMA user_version = 99');
    db.close();
    expect(() => openStateFile(file)).toThrow(/version 99/);
  });

  it('of an earlier version knows which of its runs are over, and finds those of which it cannot tell', async () => {
    const kept = (id: string, text: string | null) =>
      `INSERT INTO run VALUES ('${id}', 1, ${text === null ? 'NULL' : `'${text}'`}, 1);`;
    const fact = (run: string, folded: string) =>
      `INSERT INTO fact (run, id, event, folded) VALUES ('${run}', 'f', '{}', ${folded});`;
    const runs = [
      kept('over', '{"status":"passed"}'),
      fact('over', '1'),
      kept('live', '{"status":"live"}'),
      kept('asked', null),
      kept('torn', '{"status":"pas'),
      kept('nameless', '{}'),
      kept('told', '{"status":"failed"}'),
      fact('told', 'NULL'),
      kept('owing', '{"status":"blocked"}'),
      "INSERT INTO outbox (run, effect) VALUES ('owing', '{}');",
    ];
    const db = openStateFile(firstVersion(runs.join('')));
    const found = await sqliteRunStore(db).unfinished();
    expect([...found].sort()).toEqual(['asked', 'live', 'nameless', 'owing', 'told', 'torn']);
    db.close();
  });

  it('of an earlier version is brought up to this one, with all that it held', async () => {
    const file = firstVersion(
      "INSERT INTO definition VALUES ('h', 'text'); INSERT INTO dead_letter VALUES ('m', 't', 'd', 'r')",
    );
    const db = openStateFile(file);
    expect(db.prepare('PRAGMA user_version').get()).toEqual({ user_version: SCHEMA_VERSION });
    const store = sqliteRunStore(db);
    expect(await store.loadDefinition('h')).toBe('text');
    expect(await store.locks()).toEqual([]);
    expect(deadLetters(db).list()).toMatchObject([
      { id: 'm', reason: 'r', diedAt: null, deaths: 1 },
    ]);
    db.close();
    openStateFile(file).close();
  });

  it('whose runs an earlier release left reads their states as the present ones', async () => {
    const state = { schema: 1, run: RUN, status: 'live', tables: { 'a.t': { tag: 'passed' } } };
    const file = firstVersion(
      `INSERT INTO run VALUES ('${RUN}', 3, '${JSON.stringify(state)}', 1)`,
    );
    const db = openStateFile(file);
    expect(await sqliteRunStore(db).load(RUN)).toMatchObject({
      version: 3,
      state: { schema: 2, status: 'live', tables: { 'a.t': { tag: 'passed', token: '' } } },
    });
    db.close();
  });

  it('of an earlier version that cannot be brought up is left as it is, as a whole', () => {
    const file = firstVersion('CREATE TABLE fence (launch TEXT)');
    expect(() => openStateFile(file)).toThrow(/left as it is/);
    const db = new DatabaseSync(file);
    expect(db.prepare('PRAGMA user_version').get()).toEqual({ user_version: 1 });
    const tables = db.prepare("SELECT name FROM sqlite_schema WHERE name = 'lock'").all();
    expect(tables).toEqual([]);
    db.close();
  });

  it.each([
    ['nothing', () => undefined],
    ['an empty database', (db: DatabaseSync) => db.exec('PRAGMA journal_mode = WAL')],
  ])('that a killed process left with %s in it is filled', (_, leave) => {
    const file = fresh();
    writeFileSync(file, '');
    const left = new DatabaseSync(file);
    leave(left);
    left.close();
    const db = openStateFile(file);
    expect(db.prepare('SELECT COUNT(*) AS runs FROM run').get()).toEqual({ runs: 0 });
    db.close();
  });

  it('opens again with what was written', () => {
    const file = fresh();
    const first = openStateFile(file);
    first.exec("INSERT INTO definition VALUES ('h', 'text')");
    first.close();
    const second = openStateFile(file);
    expect(second.prepare('SELECT text FROM definition').get()).toEqual({ text: 'text' });
    second.close();
  });
});
