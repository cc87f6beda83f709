import { expect, it } from 'vitest';
import { parseTableName, type TableName } from '../../shared/core/ids.ts';
import { COLUMNS, type WarehouseBench } from './warehouse-bench.ts';

/** The part of the contract that says what views owe to their callers. */
export function describeViews({
  warehouse,
  fresh,
  jobId,
  query,
  create,
  replace,
  rowsOf,
  january,
  fill,
  textFile,
}: WarehouseBench): void {
  const readAll = async (view: TableName) =>
    (await query(`SELECT day, k, n FROM \`${view}\` ORDER BY day, k`)).rows;
  const dayOf = (table: TableName, day: string) =>
    `SELECT * FROM \`${table}\` WHERE day = DATE '${day}'`;

  it('creates a view with its dataset, and reads through it', async () => {
    const table = await create();
    await fill(table);
    const view = parseTableName(`${table.replace('.', '_views.')}`);
    await warehouse().replaceView(view, dayOf(table, '2024-01-02'));
    expect(await readAll(view)).toEqual([
      { day: '2024-01-02', k: 'a', n: 1 },
      { day: '2024-01-02', k: 'b', n: 1 },
    ]);
    expect((await warehouse().columnsOf(view))?.map(({ name, type }) => [name, type])).toEqual(
      COLUMNS.map(({ name, type }) => [name, type]),
    );
    await warehouse().dropTable(view);
    expect(await warehouse().viewSql(view)).toBeNull();
    expect(await warehouse().columnsOf(view)).toBeNull();
  });

  it('replaces the query of a view, and keeps the old one when the new one cannot run', async () => {
    const table = await create();
    await fill(table);
    const view = fresh('v');
    const second = dayOf(table, '2024-01-02');
    await warehouse().replaceView(view, dayOf(table, '2024-01-01'));
    await warehouse().replaceView(view, second);
    expect((await readAll(view)).map(({ day }) => day)).toEqual(['2024-01-02', '2024-01-02']);
    await expect(
      warehouse().replaceView(view, `SELECT nope FROM \`${table}\``),
    ).rejects.toMatchObject({ kind: 'invalid-query' });
    await expect(
      warehouse().replaceView(view, `SELECT * FROM \`${table}_not\``),
    ).rejects.toMatchObject({ kind: 'not-found' });
    expect(await warehouse().viewSql(view)).toBe(second);
    expect((await readAll(view)).length).toBe(2);
  });

  it('gives the text of a view back letter by letter, with the comments at its head', async () => {
    const table = await create();
    const view = fresh('v');
    const sql = `-- phasegate: {"table":"${table}"}\n-- it's "quoted" ä\n\n${dayOf(table, '2024-01-01')}\n  AND k = 'it\\'s' -- why\n`;
    await warehouse().replaceView(view, sql);
    expect(await warehouse().viewSql(view)).toBe(sql);
    expect(await readAll(view)).toEqual([]);
  });

  it('has no text of what is no view', async () => {
    expect(await warehouse().viewSql(await create())).toBeNull();
    expect(await warehouse().viewSql(fresh('v'))).toBeNull();
    expect(await warehouse().viewSql(parseTableName('no_such_dataset.v'))).toBeNull();
  });

  it('refuses a view under the name of a table, which stays as it was', async () => {
    const table = await create();
    await fill(table);
    await expect(warehouse().replaceView(table, 'SELECT 1 AS n')).rejects.toMatchObject({
      kind: 'conflict',
      message: expect.stringContaining(table),
    });
    expect((await readAll(table)).length).toBe(6);
  });

  it('never lists a view among the day states, nor as a table to be made', async () => {
    const table = await create();
    await fill(table);
    const view = fresh('v');
    await warehouse().replaceView(view, dayOf(table, '2024-01-01'));
    await warehouse().ensureTable({
      name: view,
      columns: COLUMNS,
      dayColumn: 'day',
      requireDayFilter: true,
    });
    const states = await warehouse().dayStates([view, table]);
    expect(new Set(states.map((state) => state.table))).toEqual(new Set([table]));
    expect((await readAll(view)).length).toBe(2);
  });

  it('reads what its table holds now, dropped, loaded anew and given another column or not', async () => {
    const table = fresh();
    const columns = COLUMNS.filter(({ name }) => ['k', 'n', 'x'].includes(name));
    const load = (text: string, ...names: string[]) =>
      warehouse().loadFile(table, {
        path: textFile(text),
        format: 'csv',
        columns: columns.filter(({ name }) => names.includes(name)),
      });
    await load('k,n\na,1\n', 'k', 'n');
    const view = fresh('v');
    await warehouse().replaceView(view, `SELECT k, n FROM \`${table}\` WHERE n > 0`);
    const read = async () => (await query(`SELECT k, n FROM \`${view}\` ORDER BY k`)).rows;
    await load('k,n\nb,2\nc,0\n', 'k', 'n');
    expect(await read()).toEqual([{ k: 'b', n: 2 }]);
    await warehouse().dropTable(table);
    await expect(read()).rejects.toMatchObject({ kind: 'not-found' });
    await load('x,k,n\n0.5,d,4\n', 'x', 'k', 'n');
    expect(await read()).toEqual([{ k: 'd', n: 4 }]);
  });

  it('reads a view over a view', async () => {
    const table = await create();
    await fill(table);
    const [inner, outer] = [fresh('v'), fresh('v')];
    await warehouse().replaceView(inner, `SELECT day, k, n + 1 AS n FROM \`${table}\``);
    await warehouse().replaceView(outer, `SELECT day, k, n * 10 AS n FROM \`${inner}\``);
    const sums = await query(`SELECT SUM(n) AS n FROM \`${outer}\` WHERE day = '2024-01-03'`);
    expect(sums.rows).toEqual([{ n: 40 }]);
  });

  it('predicts and bills the days that the view and its reader name, not the whole table', async () => {
    const table = await create({ requireDayFilter: true });
    await fill(table);
    const view = fresh('v');
    await warehouse().replaceView(
      view,
      `SELECT * FROM \`${table}\` WHERE day BETWEEN DATE '2024-01-01' AND DATE '2024-01-02'`,
    );
    const bytes = async (where: string) => {
      const statement = { sql: `SELECT n FROM \`${view}\`${where}`, params: {} };
      const { bytesProcessed } = await warehouse().dryRun(statement);
      expect((await warehouse().query(statement)).bytesProcessed).toBe(bytesProcessed);
      return bytesProcessed;
    };
    expect(await bytes('')).toBe(4 * (8 + 8));
    expect(await bytes(" WHERE day >= DATE '2024-01-02'")).toBe(2 * (8 + 8));
  });

  it('refuses to write into a view, by a replace, an append or a load', async () => {
    const table = await create();
    await fill(table);
    const view = fresh('v');
    await warehouse().replaceView(view, `SELECT * FROM \`${table}\``);
    const days = ['2024-01-01', '2024-01-03'] as const;
    const columns = COLUMNS.filter(({ name }) => name === 'k');
    await expect(
      warehouse().write(replace(view, rowsOf(january), ...days), { jobId: jobId() }),
    ).rejects.toMatchObject({ kind: 'invalid-query' });
    await expect(
      warehouse().append(view, [{ day: '2024-01-01', k: 'z' }], { jobId: jobId() }),
    ).rejects.toThrow();
    await expect(
      warehouse().loadFile(view, { path: textFile('k\nz\n'), format: 'csv', columns }),
    ).rejects.toThrow();
    expect((await readAll(table)).map(({ n }) => n)).toEqual([1, 1, 1, 1, 1, 1]);
    expect((await readAll(view)).length).toBe(6);
  });

  it('refuses a view that reads itself', async () => {
    const table = await create();
    const [one, other] = [fresh('v'), fresh('v')];
    await warehouse().replaceView(one, `SELECT k FROM \`${table}\``);
    await warehouse().replaceView(other, `SELECT k FROM \`${one}\``);
    for (const reader of [one, other]) {
      await expect(
        warehouse().replaceView(one, `SELECT k FROM \`${reader}\``),
      ).rejects.toMatchObject({ kind: 'invalid-query' });
    }
  });
}
