import { expect, it } from 'vitest';
import type { WarehouseBench } from './warehouse-bench.ts';

/** The part of the contract that says what a replace owes to their callers. */
export function describeWrites({
  warehouse,
  jobId,
  query,
  create,
  replace,
  rowsOf,
  january,
  fill,
}: WarehouseBench): void {
  it('replaces exactly the days asked for', async () => {
    const table = await create();
    await fill(table, 1);
    const result = await warehouse().write(
      replace(table, rowsOf("DATE '2024-01-02', DATE '2024-01-02'", 9), '2024-01-02', '2024-01-02'),
      { jobId: jobId() },
    );
    expect(result.rowsAffected).toBe(4);
    const { rows } = await query(
      `SELECT day, SUM(n) AS n FROM \`${table}\` GROUP BY day ORDER BY day`,
    );
    expect(rows).toEqual([
      { day: '2024-01-01', n: 2 },
      { day: '2024-01-02', n: 18 },
      { day: '2024-01-03', n: 2 },
    ]);
  });

  it('removes days for which the select has no rows', async () => {
    const table = await create();
    await fill(table);
    await warehouse().write(
      replace(table, `${rowsOf(january)} WHERE FALSE`, '2024-01-01', '2024-01-02'),
      { jobId: jobId() },
    );
    const left = (await warehouse().dayStates([table])).filter(({ rows }) => rows > 0);
    expect(left.map(({ day }) => day)).toEqual(['2024-01-03']);
  });

  it('never tells the state of a vanished day as it was before', async () => {
    const table = await create();
    await fill(table);
    const before = await warehouse().dayStates([table]);
    await warehouse().write(
      replace(table, `${rowsOf(january)} WHERE FALSE`, '2024-01-01', '2024-01-01'),
      { jobId: jobId() },
    );
    const vanished = (await warehouse().dayStates([table])).filter(
      ({ day }) => day === '2024-01-01',
    );
    for (const state of vanished) {
      expect(state.rows).toBe(0);
      expect(state.changedAt > (before[0]?.changedAt ?? '')).toBe(true);
    }
  });

  it('reads the table as it was before, where a replace reads its own target', async () => {
    const table = await create();
    await fill(table, 5);
    const select = `SELECT day, k, n + 1 AS n, x, b, at FROM \`${table}\` WHERE day BETWEEN @from AND @to`;
    await warehouse().write(replace(table, select, '2024-01-01', '2024-01-03'), { jobId: jobId() });
    expect((await query(`SELECT DISTINCT n FROM \`${table}\``)).rows).toEqual([{ n: 6 }]);
  });

  it('does the work of one job id once, and tells the second caller the same', async () => {
    const table = await create();
    await fill(table, 1);
    const id = jobId();
    const add = replace(
      table,
      `SELECT day, k, n + 1 AS n, x, b, at FROM \`${table}\``,
      '2024-01-01',
      '2024-01-03',
    );
    const first = await warehouse().write(add, { jobId: id });
    expect(await warehouse().write(add, { jobId: id })).toEqual(first);
    expect((await query(`SELECT DISTINCT n FROM \`${table}\``)).rows).toEqual([{ n: 2 }]);
  });

  it('changes nothing when two rows have one key, and says which', async () => {
    const table = await create();
    await fill(table, 1);
    const before = await warehouse().dayStates([table]);
    const twice = `${rowsOf(january, 3)} UNION ALL ${rowsOf("DATE '2024-01-02', DATE '2024-01-02'", 4)}`;
    await expect(
      warehouse().write(replace(table, twice, '2024-01-01', '2024-01-03'), { jobId: jobId() }),
    ).rejects.toMatchObject({
      kind: 'invalid-query',
      message: expect.stringContaining('(day, k): 2024-01-02'),
    });
    expect((await query(`SELECT DISTINCT n FROM \`${table}\``)).rows).toEqual([{ n: 1 }]);
    expect(await warehouse().dayStates([table])).toEqual(before);
  });

  it('changes nothing when a row lies outside the days replaced', async () => {
    const table = await create();
    await expect(
      warehouse().write(replace(table, rowsOf(january), '2024-01-01', '2024-01-02'), {
        jobId: jobId(),
      }),
    ).rejects.toMatchObject({
      kind: 'invalid-query',
      message: expect.stringContaining('2024-01-03'),
    });
    expect(await warehouse().dayStates([table])).toEqual([]);
  });

  it('fails again, without doing anything, under the job id of a failed write', async () => {
    const table = await create();
    const id = jobId();
    const wrong = replace(table, rowsOf(january), '2024-01-01', '2024-01-02');
    const attempts = [1, 2].map(() => warehouse().write(wrong, { jobId: id }));
    const refused = { status: 'rejected', reason: { kind: 'invalid-query' } };
    expect(await Promise.allSettled(attempts)).toMatchObject([refused, refused]);
  });
}
