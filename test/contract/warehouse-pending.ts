import { expect, it } from 'vitest';
import type { WarehouseBench } from './warehouse-bench.ts';

const NO_HOLD = 'this warehouse cannot be told to be slow';

/** The part of the contract that says what a caller without time may rely on. */
export function describePending({
  warehouse,
  hold,
  jobId,
  query,
  create,
  replace,
  rowsOf,
  january,
  fill,
}: WarehouseBench): void {
  const numbers = { sql: 'SELECT n FROM UNNEST([1, 2]) AS n ORDER BY n', params: {} };

  it('says pending of a query that is still running, and names its job', async ({ skip }) => {
    const id = jobId();
    const release = hold(id) ?? skip(NO_HOLD);
    for (const waitMilliseconds of [0, 30]) {
      await expect(
        warehouse().query(numbers, { jobId: id, waitMilliseconds }),
      ).rejects.toMatchObject({ kind: 'pending', message: expect.stringContaining(id) });
    }
    release();
    const result = await warehouse().query(numbers, { jobId: id, waitMilliseconds: 20_000 });
    expect(result).toMatchObject({ jobId: id, rows: [{ n: 1 }, { n: 2 }], bytesBilled: 0 });
  });

  it('reads in the one job of an id, not again for a caller who comes back', async ({ skip }) => {
    const id = jobId();
    const release = hold(id) ?? skip(NO_HOLD);
    const table = await create();
    await fill(table, 1);
    const sum = { sql: `SELECT SUM(n) AS n FROM \`${table}\``, params: {} };
    const early = warehouse().query(sum, { jobId: id, waitMilliseconds: 0 });
    await expect(early).rejects.toMatchObject({ kind: 'pending' });
    release();
    const patient = await warehouse().query(sum, { jobId: id });
    await fill(table, 5);
    expect(await warehouse().query(sum, { jobId: id, waitMilliseconds: 0 })).toEqual(patient);
    expect(patient.rows).toEqual([{ n: 6 }]);
  });

  it('wakes a caller who waits for the end as soon as the job is done', async ({ skip }) => {
    const id = jobId();
    const release = hold(id) ?? skip(NO_HOLD);
    const waiting = warehouse().query(numbers, { jobId: id });
    await expect(
      warehouse().query(numbers, { jobId: id, waitMilliseconds: 0 }),
    ).rejects.toMatchObject({ kind: 'pending' });
    release();
    expect((await waiting).rows.length).toBe(2);
  });

  it('tells a caller who comes back what was wrong with the query', async ({ skip }) => {
    const id = jobId();
    const release = hold(id) ?? skip(NO_HOLD);
    const wrong = { sql: 'SELECT ERROR(k) AS e FROM UNNEST(["no good"]) AS k', params: {} };
    await expect(
      warehouse().query(wrong, { jobId: id, waitMilliseconds: 0 }),
    ).rejects.toMatchObject({ kind: 'pending' });
    release();
    for (const options of [{ jobId: id }, { jobId: id, waitMilliseconds: 20_000 }]) {
      await expect(warehouse().query(wrong, options)).rejects.toMatchObject({
        kind: 'invalid-query',
        message: expect.stringContaining('no good'),
      });
    }
  });

  it('holds up nobody else by a job that is still running', async ({ skip }) => {
    const [slowRead, slowWrite] = [jobId(), jobId()];
    const releaseRead = hold(slowRead) ?? skip(NO_HOLD);
    const releaseWrite = hold(slowWrite) ?? skip(NO_HOLD);
    const table = await create();
    const write = replace(table, rowsOf(january, 9), '2024-01-01', '2024-01-03');
    const ask = () =>
      Promise.allSettled([
        warehouse().query(numbers, { jobId: slowRead, waitMilliseconds: 0 }),
        warehouse().write(write, { jobId: slowWrite, waitMilliseconds: 0 }),
      ]);
    const pending = { status: 'rejected', reason: { kind: 'pending' } };
    expect(await ask()).toMatchObject([pending, pending]);
    await fill(table, 1);
    expect((await query(`SELECT SUM(n) AS n FROM \`${table}\``)).rows).toEqual([{ n: 6 }]);
    releaseRead();
    releaseWrite();
    const done = await warehouse().write(write, { jobId: slowWrite, waitMilliseconds: 20_000 });
    expect(done).toMatchObject({ jobId: slowWrite, rowsAffected: 12 });
    expect((await query(`SELECT SUM(n) AS n FROM \`${table}\``)).rows).toEqual([{ n: 54 }]);
  });

  it('waits for nobody who gave no job id to come back with', async () => {
    await expect(warehouse().query(numbers, { waitMilliseconds: 10 })).rejects.toMatchObject({
      kind: 'bug',
    });
  });
}
