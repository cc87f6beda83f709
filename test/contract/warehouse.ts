import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Column } from '../../shared/core/column.ts';
import { parseTableName, type TableName } from '../../shared/core/ids.ts';
import type { Param, Statement, TableShape, Warehouse } from '../../shared/ports/warehouse.ts';
import { replaceStatement } from '../../shared/sql/replace.ts';

export type OpenedWarehouse = Readonly<{ warehouse: Warehouse; close: () => Promise<void> }>;

const COLUMNS: readonly Column[] = [
  { name: 'day', type: 'DATE', required: false },
  { name: 'k', type: 'STRING', required: true },
  { name: 'n', type: 'INT64', required: false },
  { name: 'x', type: 'FLOAT64', required: false },
  { name: 'b', type: 'BOOL', required: false },
  { name: 'at', type: 'TIMESTAMP', required: false },
];

/** What every warehouse owes its callers; `open` gives one that holds nothing of ours. */
export function describeWarehouse(name: string, open: () => Promise<OpenedWarehouse>): void {
  describe(`${name} as a warehouse`, () => {
    const unique = Date.now().toString(36);
    const directory = mkdtempSync(join(tmpdir(), 'phasegate-contract-'));
    let opened: OpenedWarehouse;
    let warehouse: Warehouse;
    let count = 0;

    beforeAll(async () => {
      opened = await open();
      warehouse = opened.warehouse;
    });
    afterAll(async () => {
      await opened.close();
      rmSync(directory, { recursive: true });
    });

    const fresh = (text = 't') => {
      count += 1;
      return parseTableName(`contract_${unique}.${text}${count}`);
    };
    const jobId = () => {
      count += 1;
      return `contract-${unique}-${count}`;
    };
    const query = (sql: string, params: Record<string, Param> = {}) =>
      warehouse.query({ sql, params });
    const create = async (shape: Partial<TableShape> = {}): Promise<TableName> => {
      const table = fresh();
      const standard = { columns: COLUMNS, dayColumn: 'day', requireDayFilter: false };
      await warehouse.ensureTable({ name: table, ...standard, ...shape });
      return table;
    };
    const replace = (table: TableName, select: string, from: string, to: string): Statement => ({
      sql: replaceStatement({
        table,
        columns: COLUMNS,
        key: ['day', 'k'],
        dayColumn: 'day',
        select,
      }),
      params: { from: { type: 'DATE', value: from }, to: { type: 'DATE', value: to } },
    });
    const rowsOf = (days: string, n: number | string = 1) =>
      `SELECT day, k, ${n} AS n, 0.5 AS x, TRUE AS b, TIMESTAMP '2024-01-01 00:00:00+00' AS at FROM UNNEST(GENERATE_DATE_ARRAY(${days})) AS day CROSS JOIN UNNEST(['a', 'b']) AS k`;
    const january = "DATE '2024-01-01', DATE '2024-01-03'";
    const fill = (table: TableName, n: number | string = 1) =>
      warehouse.write(replace(table, rowsOf(january, n), '2024-01-01', '2024-01-03'), {
        jobId: jobId(),
      });
    const textFile = (text: string) => {
      const path = join(directory, `${jobId()}.csv`);
      writeFileSync(path, text);
      return path;
    };

    it('has no columns of a table that does not exist', async () => {
      expect(await warehouse.columnsOf(fresh())).toBeNull();
    });

    it('creates a table and its dataset with the columns asked for', async () => {
      expect(await warehouse.columnsOf(await create())).toEqual(COLUMNS);
    });

    it('never changes a table that exists already', async () => {
      const table = await create();
      await warehouse.ensureTable({
        name: table,
        columns: [{ name: 'other', type: 'STRING', required: false }],
        dayColumn: null,
        requireDayFilter: false,
      });
      expect(await warehouse.columnsOf(table)).toEqual(COLUMNS);
    });

    it('returns every type of value as its cell', async () => {
      const { rows } = await query(
        "SELECT 7 AS i, 0.5 AS f, TRUE AS b, 'x' AS s, DATE '2024-02-29' AS d, TIMESTAMP '2024-02-29 12:00:00.5+01' AS t, NULL AS n",
      );
      expect(rows).toEqual([
        { i: 7, f: 0.5, b: true, s: 'x', d: '2024-02-29', t: '2024-02-29T11:00:00.500Z', n: null },
      ]);
    });

    it('returns all rows of a result of several pages, in order', async () => {
      const { rows } = await query(
        'SELECT a * 1000 + b AS v FROM UNNEST(GENERATE_ARRAY(0, 119)) AS a CROSS JOIN UNNEST(GENERATE_ARRAY(0, 999)) AS b ORDER BY v',
      );
      expect(rows.length).toBe(120_000);
      expect(rows.every(({ v }, index) => v === index)).toBe(true);
    });

    it('gives a query run twice under one job id the same answer', async () => {
      const id = jobId();
      const statement = { sql: 'SELECT CURRENT_TIMESTAMP() AS at', params: {} };
      const first = await warehouse.query(statement, { jobId: id });
      expect(first.jobId).toBe(id);
      expect(await warehouse.query(statement, { jobId: id })).toEqual(first);
    });

    it.each([
      ['an unknown column', 'SELECT nope FROM UNNEST([1]) AS x', 'invalid-query'],
      ['a syntax error', 'SELECT FROM WHERE', 'invalid-query'],
      ['an unknown function', 'SELECT NO_SUCH_FUNCTION(1) AS x', 'invalid-query'],
      ['a missing dataset', 'SELECT 1 AS x FROM `no_such_dataset.t`', 'not-found'],
    ])('tells %s by its kind, run or dry', async (_, sql, kind) => {
      await expect(query(sql)).rejects.toMatchObject({ kind });
      await expect(warehouse.dryRun({ sql, params: {} })).rejects.toMatchObject({ kind });
    });

    it('tells a missing table of an existing dataset by its kind', async () => {
      const table = await create();
      await expect(query(`SELECT 1 AS x FROM \`${table}_not\``)).rejects.toMatchObject({
        kind: 'not-found',
      });
    });

    it('predicts without running the bytes that the run then processes', async () => {
      const table = await create();
      await fill(table);
      const statement = { sql: `SELECT n FROM \`${table}\``, params: {} };
      const { bytesProcessed } = await warehouse.dryRun(statement);
      expect(bytesProcessed).toBe(6 * 8);
      expect((await warehouse.query(statement)).bytesProcessed).toBe(bytesProcessed);
    });

    it('refuses a statement that would read more than its cap', async () => {
      const table = await create();
      await fill(table);
      const statement = { sql: `SELECT * FROM \`${table}\``, params: {} };
      await expect(warehouse.query(statement, { maximumBytes: 10 })).rejects.toMatchObject({
        kind: 'invalid-query',
      });
    });

    it('refuses a query without days where the table demands them', async () => {
      const table = await create({ requireDayFilter: true });
      await expect(query(`SELECT k FROM \`${table}\``)).rejects.toMatchObject({
        kind: 'invalid-query',
      });
      expect((await query(`SELECT k FROM \`${table}\` WHERE day = '2024-01-01'`)).rows).toEqual([]);
    });

    it('replaces exactly the days asked for', async () => {
      const table = await create();
      await fill(table, 1);
      const result = await warehouse.write(
        replace(
          table,
          rowsOf("DATE '2024-01-02', DATE '2024-01-02'", 9),
          '2024-01-02',
          '2024-01-02',
        ),
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
      await warehouse.write(
        replace(table, `${rowsOf(january)} WHERE FALSE`, '2024-01-01', '2024-01-02'),
        { jobId: jobId() },
      );
      const left = (await warehouse.dayStates([table])).filter(({ rows }) => rows > 0);
      expect(left.map(({ day }) => day)).toEqual(['2024-01-03']);
    });

    it('never tells the state of a vanished day as it was before', async () => {
      const table = await create();
      await fill(table);
      const before = await warehouse.dayStates([table]);
      await warehouse.write(
        replace(table, `${rowsOf(january)} WHERE FALSE`, '2024-01-01', '2024-01-01'),
        { jobId: jobId() },
      );
      const vanished = (await warehouse.dayStates([table])).filter(
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
      await warehouse.write(replace(table, select, '2024-01-01', '2024-01-03'), { jobId: jobId() });
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
      const first = await warehouse.write(add, { jobId: id });
      expect(await warehouse.write(add, { jobId: id })).toEqual(first);
      expect((await query(`SELECT DISTINCT n FROM \`${table}\``)).rows).toEqual([{ n: 2 }]);
    });

    it('changes nothing when two rows have one key, and says which', async () => {
      const table = await create();
      await fill(table, 1);
      const before = await warehouse.dayStates([table]);
      const twice = `${rowsOf(january, 3)} UNION ALL ${rowsOf("DATE '2024-01-02', DATE '2024-01-02'", 4)}`;
      await expect(
        warehouse.write(replace(table, twice, '2024-01-01', '2024-01-03'), { jobId: jobId() }),
      ).rejects.toMatchObject({
        kind: 'invalid-query',
        message: expect.stringContaining('(day, k): 2024-01-02'),
      });
      expect((await query(`SELECT DISTINCT n FROM \`${table}\``)).rows).toEqual([{ n: 1 }]);
      expect(await warehouse.dayStates([table])).toEqual(before);
    });

    it('changes nothing when a row lies outside the days replaced', async () => {
      const table = await create();
      await expect(
        warehouse.write(replace(table, rowsOf(january), '2024-01-01', '2024-01-02'), {
          jobId: jobId(),
        }),
      ).rejects.toMatchObject({
        kind: 'invalid-query',
        message: expect.stringContaining('2024-01-03'),
      });
      expect(await warehouse.dayStates([table])).toEqual([]);
    });

    it('fails again, without doing anything, under the job id of a failed write', async () => {
      const table = await create();
      const id = jobId();
      const wrong = replace(table, rowsOf(january), '2024-01-01', '2024-01-02');
      const attempts = [1, 2].map(() => warehouse.write(wrong, { jobId: id }));
      const refused = { status: 'rejected', reason: { kind: 'invalid-query' } };
      expect(await Promise.allSettled(attempts)).toMatchObject([refused, refused]);
    });

    it('knows of each day how many rows it has and when it changed last', async () => {
      const table = await create();
      const { readAt } = await fill(table);
      const states = await warehouse.dayStates([table]);
      expect(states.map(({ day, rows }) => [day, rows])).toEqual([
        ['2024-01-01', 2],
        ['2024-01-02', 2],
        ['2024-01-03', 2],
      ]);
      expect(states.every(({ changedAt, table: of }) => changedAt >= readAt && of === table)).toBe(
        true,
      );
    });

    it('moves the change token of the day that changed, and of no other', async () => {
      const table = await create();
      await fill(table, 1);
      const [first, second, third] = await warehouse.dayStates([table]);
      const { readAt } = await warehouse.write(
        replace(
          table,
          rowsOf("DATE '2024-01-02', DATE '2024-01-02'", 2),
          '2024-01-02',
          '2024-01-02',
        ),
        { jobId: jobId() },
      );
      const after = await warehouse.dayStates([table]);
      expect([after[0], after[2]]).toEqual([first, third]);
      expect(after[1]?.changedAt).not.toBe(second?.changedAt);
      expect((after[1]?.changedAt ?? '') > readAt).toBe(true);
      expect((second?.changedAt ?? '') < readAt).toBe(true);
    });

    it('counts rows without a day as the day null', async () => {
      const table = await create();
      await warehouse.append(
        table,
        [
          { day: null, k: 'a' },
          { day: '2024-01-01', k: 'b' },
        ],
        { jobId: jobId() },
      );
      expect(
        (await warehouse.dayStates([table])).map(({ day, rows }) => [day, rows]).sort(),
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
      const states = await warehouse.dayStates([
        fresh(),
        parseTableName('no_such_dataset.t'),
        table,
      ]);
      expect(new Set(states.map((state) => state.table))).toEqual(new Set([table]));
    });

    it('tells of a table without days only as a whole, and when it changed', async () => {
      const bare = await create({ dayColumn: null });
      await warehouse.append(bare, [{ k: 'a' }], { jobId: jobId() });
      const [first, ...more] = await warehouse.dayStates([bare]);
      expect(first).toMatchObject({ day: null, rows: 1 });
      expect(more).toEqual([]);
      await warehouse.append(bare, [{ k: 'b' }], { jobId: jobId() });
      const [second] = await warehouse.dayStates([bare]);
      expect(second).toMatchObject({ day: null, rows: 2 });
      expect((second?.changedAt ?? '') > (first?.changedAt ?? '')).toBe(true);
    });

    it('replaces a whole table that has no days', async () => {
      const table = await create({ dayColumn: null });
      const write = (select: string) =>
        warehouse.write(
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
      await warehouse.append(table, [row, { k: 'b' }], { jobId: id });
      await warehouse.append(table, [row, { k: 'b' }], { jobId: id });
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
        warehouse.append(table, [{ day: '2024-01-01', k: 'good' }, bad], { jobId: jobId() }),
      ).rejects.toMatchObject({ kind: 'invalid-input' });
      expect((await query(`SELECT k FROM \`${table}\``)).rows).toEqual([]);
    });

    it('refuses to append to a table that does not exist', async () => {
      await create();
      await expect(
        warehouse.append(fresh(), [{ k: 'a' }], { jobId: jobId() }),
      ).rejects.toMatchObject({ kind: 'not-found' });
    });

    it('loads a CSV file by the names of its header into a table of the columns given', async () => {
      const table = fresh();
      const path = textFile('n,k,day,at\n1,"a, ""b""",2024-01-01,2024-01-01 10:00:00\n,c,,\n');
      const columns = COLUMNS.filter(({ name: column }) =>
        ['n', 'k', 'day', 'at'].includes(column),
      );
      expect(await warehouse.loadFile(table, { path, format: 'csv', columns })).toEqual({
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
        warehouse.loadFile(table, { path: textFile(text), format: 'csv', columns });
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
        await warehouse.loadFile(table, { path: textFile(text), format: 'csv', columns });
      }
      expect((await query(`SELECT k, n FROM \`${table}\``)).rows).toEqual([{ k: 'c', n: 3 }]);
    });

    it('drops a table, and does not mind when it is gone', async () => {
      const table = await create();
      await fill(table);
      await warehouse.dropTable(table);
      await warehouse.dropTable(table);
      await warehouse.dropTable(parseTableName('no_such_dataset.t'));
      expect(await warehouse.columnsOf(table)).toBeNull();
      expect(await warehouse.dayStates([table])).toEqual([]);
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
  });
}
