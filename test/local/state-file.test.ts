import { mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { describe, expect, it } from 'vitest';
import { openStateFile } from '../../shared/adapters/local/sqlite-file.ts';

const fresh = () => join(mkdtempSync(join(tmpdir(), 'phasegate-')), 'state.db');

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
