import { readFileSync } from 'node:fs';
import type { DatabaseSync } from 'node:sqlite';

const HEADER_BYTES = 32;
const FRAME_HEADER_BYTES = 24;

/**
 * Tells which write transactions SQLite itself did, from its write-ahead log: the last page of each carries the
 * size of the file after it. One that only read leaves nothing. https://sqlite.org/fileformat2.html#walformat
 *
 * @returns the pages of each transaction that `work` committed through any connection, in order
 */
export async function writeTransactionsOf(
  db: DatabaseSync,
  work: () => unknown,
): Promise<readonly number[]> {
  const log = `${db.location()}-wal`;
  const { wal_autocheckpoint: usual } = db.prepare('PRAGMA wal_autocheckpoint').get() as {
    wal_autocheckpoint: number;
  };
  db.exec('PRAGMA wal_autocheckpoint = 0');
  db.exec('PRAGMA wal_checkpoint(TRUNCATE)');
  try {
    await work();
    return pagesOfTransactions(readFileSync(log));
  } finally {
    db.exec(`PRAGMA wal_autocheckpoint = ${usual}`);
  }
}

function pagesOfTransactions(log: Buffer): number[] {
  if (log.length === 0) return [];
  const frameBytes = FRAME_HEADER_BYTES + log.readUInt32BE(8);
  const transactions: number[] = [];
  let pages = 0;
  for (let at = HEADER_BYTES; at + frameBytes <= log.length; at += frameBytes) {
    pages += 1;
    if (log.readUInt32BE(at + 4) === 0) continue;
    transactions.push(pages);
    pages = 0;
  }
  return transactions;
}
