import { join } from 'node:path';
import { expect, it } from 'vitest';
import { openStateFile } from '../../../shared/adapters/local/sqlite-file.ts';
import { emptyDirectory } from '../../e2e/phasegate.ts';
import { bareTransactions } from './bare-transactions.ts';
import { writeTransactionsOf } from './write-ahead-log.ts';

it('a transaction that writes counts once with its pages, one that reads or is rolled back not at all', async () => {
  const file = join(emptyDirectory(), 'state.db');
  const [one, other] = [openStateFile(file), openStateFile(file)];
  const definition = "INSERT INTO definition VALUES ('a', 'b')";
  const seen = await writeTransactionsOf(one, () => {
    one.exec(definition);
    one.exec('BEGIN IMMEDIATE; SELECT * FROM definition; COMMIT');
    one.exec("BEGIN IMMEDIATE; UPDATE definition SET text = 'c'; ROLLBACK");
    other.exec("BEGIN IMMEDIATE; UPDATE definition SET text = 'd'; DELETE FROM definition; COMMIT");
    one.exec(definition);
  });
  expect(seen).toHaveLength(3);
  for (const db of [one, other]) db.close();
});

it('bare transactions write the very pages that they are told to', async () => {
  const bare = bareTransactions(join(emptyDirectory(), 'bare.db'), 12);
  expect(await writeTransactionsOf(bare.db, () => bare.write([3, 1, 12]))).toEqual([3, 1, 12]);
  bare.db.close();
});
