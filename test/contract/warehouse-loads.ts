import { expect, it } from 'vitest';
import { parseTableName } from '../../shared/core/ids.ts';
import { COLUMNS, type WarehouseBench } from './warehouse-bench.ts';

/** The part of the contract that says what loads owe, and the warehouse as a whole to their callers. */
export function describeLoads({
  open,
  warehouse,
  fresh,
  jobId,
  query,
  create,
  fill,
  textFile,
}: WarehouseBench): void {
  it('appends rows of every type, once per job id', async () => {
    const table = await create();
    const row = {
      day: '2024-01-01',
      k: 'ä"\n',
      n: 7,
      x: 0.1,
      b: false,
      at: '2024-01-01T01:02:03.456Z',
    };
    const id = jobId();
    await warehouse().append(table, [row, { k: 'b' }], { jobId: id });
    await warehouse().append(table, [row, { k: 'b' }], { jobId: id });
    const { rows } = await query(`SELECT * FROM \`${table}\` ORDER BY day DESC`);
    expect(rows).toEqual([row, { day: null, k: 'b', n: null, x: null, b: null, at: null }]);
  });

  it.each([
    ['a value that is not of its column', { day: '2024-01-01', k: 'a', n: 'many' }],
    ['a column that the table lacks', { day: '2024-01-01', k: 'a', other: 1 }],
    ['no value for a required column', { day: '2024-01-01', n: 1 }],
  ])('appends nothing when one row has %s', async (_, bad) => {
    const table = await create();
    await expect(
      warehouse().append(table, [{ day: '2024-01-01', k: 'good' }, bad], { jobId: jobId() }),
    ).rejects.toMatchObject({ kind: 'invalid-input' });
    expect((await query(`SELECT k FROM \`${table}\``)).rows).toEqual([]);
  });

  it('refuses to append to a table that does not exist', async () => {
    await create();
    await expect(
      warehouse().append(fresh(), [{ k: 'a' }], { jobId: jobId() }),
    ).rejects.toMatchObject({ kind: 'not-found' });
  });

  it('loads a CSV file by the names of its header into a table of the columns given', async () => {
    const table = fresh();
    const path = textFile('n,k,day,at\n1,"a, ""b""",2024-01-01,2024-01-01 10:00:00\n,c,,\n');
    const columns = COLUMNS.filter(({ name: column }) => ['n', 'k', 'day', 'at'].includes(column));
    expect(await warehouse().loadFile(table, { path, format: 'csv', columns })).toEqual({
      rows: 2,
    });
    expect((await query(`SELECT day, k, n, at FROM \`${table}\` ORDER BY k`)).rows).toEqual([
      { day: '2024-01-01', k: 'a, "b"', n: 1, at: '2024-01-01T10:00:00.000Z' },
      { day: null, k: 'c', n: null, at: null },
    ]);
  });

  it('keeps the old rows when a file does not fit', async () => {
    const table = fresh();
    const columns = COLUMNS.filter(({ name: column }) => ['k', 'n'].includes(column));
    const load = (text: string) =>
      warehouse().loadFile(table, { path: textFile(text), format: 'csv', columns });
    await load('k,n\na,1\n');
    for (const bad of ['k,n\na,2\nb,many\n', 'k\na\n', 'k,n,z\na,1,2\n', 'k,n\n,1\n']) {
      await expect(load(bad)).rejects.toMatchObject({ kind: 'invalid-input' });
    }
    expect((await query(`SELECT k, n FROM \`${table}\``)).rows).toEqual([{ k: 'a', n: 1 }]);
  });

  it('replaces the rows of a loaded table by the next load', async () => {
    const table = fresh();
    const columns = COLUMNS.filter(({ name: column }) => ['k', 'n'].includes(column));
    for (const text of ['k,n\na,1\nb,2\n', 'k,n\nc,3\n']) {
      await warehouse().loadFile(table, { path: textFile(text), format: 'csv', columns });
    }
    expect((await query(`SELECT k, n FROM \`${table}\``)).rows).toEqual([{ k: 'c', n: 3 }]);
  });

  it('drops a table, and does not mind when it is gone', async () => {
    const table = await create();
    await fill(table);
    await warehouse().dropTable(table);
    await warehouse().dropTable(table);
    await warehouse().dropTable(parseTableName('no_such_dataset.t'));
    expect(await warehouse().columnsOf(table)).toBeNull();
    expect(await warehouse().dayStates([table])).toEqual([]);
  });

  it('reads a table that was dropped and made anew as it is now', async () => {
    const table = await create();
    await fill(table);
    const sql = `SELECT * FROM \`${table}\` WHERE day >= DATE '2024-01-01'`;
    expect((await query(sql)).rows).toHaveLength(6);
    await warehouse().dropTable(table);
    await expect(query(sql)).rejects.toMatchObject({ kind: 'not-found' });
    const columns = [
      { name: 'day', type: 'DATE', required: true },
      { name: 'z', type: 'STRING', required: false },
    ] as const;
    await warehouse().ensureTable({
      name: table,
      columns,
      dayColumn: 'day',
      requireDayFilter: false,
    });
    await warehouse().append(table, [{ day: '2024-01-02', z: 'new' }], { jobId: jobId() });
    expect((await query(sql)).rows).toEqual([{ day: '2024-01-02', z: 'new' }]);
    expect(await warehouse().columnsOf(table)).toEqual(columns);
  });

  it('runs writes and reads sent at the same moment without mixing them', async () => {
    const tables = await Promise.all([1, 2, 3, 4].map(() => create()));
    await Promise.all(tables.map((table, index) => fill(table, index)));
    const sums = await Promise.all(
      tables.map((table) => query(`SELECT SUM(n) AS n FROM \`${table}\``)),
    );
    expect(sums.map(({ rows }) => rows[0]?.n)).toEqual([0, 6, 12, 18]);
  });

  it('says unavailable, not nothing, when nobody answers', async () => {
    const other = await open();
    await other.close();
    await expect(other.warehouse.columnsOf(fresh())).rejects.toMatchObject({
      kind: 'unavailable',
    });
  }, 40_000);
}
