import { expect, it } from 'vitest';
import type { Day } from '../../shared/core/days.ts';
import { parseTableName } from '../../shared/core/ids.ts';
import { replaceStatement } from '../../shared/sql/replace.ts';
import { COLUMNS, type WarehouseBench } from './warehouse-bench.ts';

/** The part of the contract that says what day states owe to their callers. */
export function describeDays({
  warehouse,
  fresh,
  jobId,
  query,
  create,
  replace,
  rowsOf,
  january,
  fill,
}: WarehouseBench): void {
  it('knows of each day how many rows it has and when it changed last', async () => {
    const table = await create();
    const { readAt } = await fill(table);
    const states = await warehouse().dayStates([table]);
    expect(states.map(({ day, rows }) => [day, rows])).toEqual([
      ['2024-01-01', 2],
      ['2024-01-02', 2],
      ['2024-01-03', 2],
    ]);
    expect(states.every(({ changedAt, table: of }) => changedAt >= readAt && of === table)).toBe(
      true,
    );
  });

  it('says how a table is laid out, and nothing of one that is not there', async () => {
    const table = await create();
    expect(await warehouse().layoutOf(table)).toEqual({
      dayColumn: 'day',
      requiresDayFilter: false,
      expiresAfterMs: null,
    });
    expect(await warehouse().layoutOf(parseTableName(`${table}_not_there`))).toBeNull();
  });

  it('moves the change token of the day that changed, and of no other', async () => {
    const table = await create();
    await fill(table, 1);
    const [first, second, third] = await warehouse().dayStates([table]);
    const { readAt } = await warehouse().write(
      replace(table, rowsOf("DATE '2024-01-02', DATE '2024-01-02'", 2), '2024-01-02', '2024-01-02'),
      { jobId: jobId() },
    );
    const after = await warehouse().dayStates([table]);
    expect([after[0], after[2]]).toEqual([first, third]);
    expect(after[1]?.changedAt).not.toBe(second?.changedAt);
    expect((after[1]?.changedAt ?? '') > readAt).toBe(true);
    expect((second?.changedAt ?? '') < readAt).toBe(true);
  });

  it('moves the change tokens of the days that an append brings rows of, and of no other', async () => {
    const table = await create();
    await fill(table);
    const statesOf = async () =>
      new Map((await warehouse().dayStates([table])).map((state) => [state.day, state]));
    const append = (...days: (string | null)[]) =>
      warehouse().append(
        table,
        days.map((day) => ({ day, k: 'c' })),
        { jobId: jobId() },
      );
    const before = await statesOf();
    await append('2024-01-02', '2024-01-04');
    const after = await statesOf();
    for (const day of ['2024-01-01', '2024-01-03'] as Day[]) {
      expect(after.get(day)).toEqual(before.get(day));
    }
    expect([...after.values()].map(({ rows }) => rows)).toEqual([2, 3, 2, 1]);
    expect(after.get('2024-01-02' as Day)?.changedAt).not.toBe(
      before.get('2024-01-02' as Day)?.changedAt,
    );
    await append(null, '2024-01-05');
    const last = await statesOf();
    for (const [day, state] of after) expect(last.get(day)).toEqual(state);
    expect(last.get(null)?.rows).toBe(1);
    expect(last.get('2024-01-05' as Day)?.rows).toBe(1);
  });

  it('counts rows without a day as the day null', async () => {
    const table = await create();
    await warehouse().append(
      table,
      [
        { day: null, k: 'a' },
        { day: '2024-01-01', k: 'b' },
      ],
      { jobId: jobId() },
    );
    expect(
      (await warehouse().dayStates([table])).map(({ day, rows }) => [day, rows]).sort(),
    ).toEqual(
      [
        ['2024-01-01', 1],
        [null, 1],
      ].sort(),
    );
  });

  it('has no days of tables and datasets that do not exist', async () => {
    const table = await create();
    await fill(table);
    const states = await warehouse().dayStates([
      fresh(),
      parseTableName('no_such_dataset.t'),
      table,
    ]);
    expect(new Set(states.map((state) => state.table))).toEqual(new Set([table]));
  });

  it('tells of a table without days only as a whole, and when it changed', async () => {
    const bare = await create({ dayColumn: null });
    await warehouse().append(bare, [{ k: 'a' }], { jobId: jobId() });
    const [first, ...more] = await warehouse().dayStates([bare]);
    expect(first).toMatchObject({ day: null, rows: 1 });
    expect(more).toEqual([]);
    await warehouse().append(bare, [{ k: 'b' }], { jobId: jobId() });
    const [second] = await warehouse().dayStates([bare]);
    expect(second).toMatchObject({ day: null, rows: 2 });
    expect((second?.changedAt ?? '') > (first?.changedAt ?? '')).toBe(true);
  });

  it('replaces a whole table that has no days', async () => {
    const table = await create({ dayColumn: null });
    const write = (select: string) =>
      warehouse().write(
        {
          sql: replaceStatement({
            table,
            columns: COLUMNS,
            key: ['day', 'k'],
            dayColumn: null,
            select,
          }),
          params: {},
        },
        { jobId: jobId() },
      );
    await write(rowsOf(january, 1));
    expect((await write(rowsOf("DATE '2023-01-01', DATE '2023-01-01'", 2))).rowsAffected).toBe(8);
    expect((await query(`SELECT DISTINCT day, n FROM \`${table}\``)).rows).toEqual([
      { day: '2023-01-01', n: 2 },
    ]);
  });
}
