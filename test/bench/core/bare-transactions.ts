import { DatabaseSync } from 'node:sqlite';

/** With this body a row fills a page of 4096 bytes by itself. */
const BODY_BYTES = 4000;

export type BareTransactions = Readonly<{
  db: DatabaseSync;
  /** One durable transaction for each number, over so many pages. */
  write: (pages: readonly number[]) => void;
}>;

/** What durable transactions of so many pages cost SQLite itself: no state, no facts, nothing of ours. */
export function bareTransactions(file: string, mostPages: number): BareTransactions {
  const db = new DatabaseSync(file);
  db.exec('PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL');
  db.exec('CREATE TABLE page (id INTEGER PRIMARY KEY, body BLOB NOT NULL) STRICT');
  const insert = db.prepare('INSERT INTO page VALUES (?, ?)');
  for (let id = 1; id <= mostPages; id++) insert.run(id, Buffer.alloc(BODY_BYTES));
  const update = db.prepare('UPDATE page SET body = ? WHERE id <= ?');
  let count = 0;
  return {
    db,
    write(pages) {
      for (const each of pages) {
        count += 1;
        db.exec('BEGIN IMMEDIATE');
        update.run(Buffer.alloc(BODY_BYTES, count), each);
        db.exec('COMMIT');
      }
    },
  };
}
