import { expect, it } from 'vitest';
import { COLUMNS, type WarehouseBench } from './warehouse-bench.ts';

/** The part of the contract that says what tables and queries owe to their callers. */
export function describeQueries({
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
  it('has no columns of a table that does not exist', async () => {
    expect(await warehouse().columnsOf(fresh())).toBeNull();
  });

  it('creates a table and its dataset with the columns asked for', async () => {
    expect(await warehouse().columnsOf(await create())).toEqual(COLUMNS);
  });

  it('never changes a table that exists already', async () => {
    const table = await create();
    await warehouse().ensureTable({
      name: table,
      columns: [{ name: 'other', type: 'STRING', required: false }],
      dayColumn: null,
      requireDayFilter: false,
    });
    expect(await warehouse().columnsOf(table)).toEqual(COLUMNS);
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
    const first = await warehouse().query(statement, { jobId: id });
    expect(first.jobId).toBe(id);
    expect(await warehouse().query(statement, { jobId: id })).toEqual(first);
  });

  it.each([
    ['an unknown column', 'SELECT nope FROM UNNEST([1]) AS x', 'invalid-query'],
    ['a syntax error', 'SELECT FROM WHERE', 'invalid-query'],
    ['an unknown function', 'SELECT NO_SUCH_FUNCTION(1) AS x', 'invalid-query'],
    ['a missing dataset', 'SELECT 1 AS x FROM `no_such_dataset.t`', 'not-found'],
  ])('tells %s by its kind, run or dry', async (_, sql, kind) => {
    await expect(query(sql)).rejects.toMatchObject({ kind });
    await expect(warehouse().dryRun({ sql, params: {} })).rejects.toMatchObject({ kind });
  });

  it('tells a missing table of an existing dataset by its kind', async () => {
    const table = await create();
    await expect(query(`SELECT 1 AS x FROM \`${table}_not\``)).rejects.toMatchObject({
      kind: 'not-found',
    });
  });

  it('takes a name of other letters in case for another name', async () => {
    const table = await create();
    await fill(table);
    const [dataset, name = ''] = table.split('.');
    const shouted = `${dataset}.${name.toUpperCase()}`;
    await expect(query(`SELECT 1 AS x FROM \`${shouted}\``)).rejects.toMatchObject({
      kind: 'not-found',
    });
    const { sql, params } = replace(table, rowsOf(january), '2024-01-01', '2024-01-03');
    const write = { sql: sql.replace(`\`${table}\``, `\`${shouted}\``), params };
    await expect(warehouse().write(write, { jobId: jobId() })).rejects.toMatchObject({
      kind: 'not-found',
    });
  });

  it('predicts without running the bytes that the run then processes', async () => {
    const table = await create();
    await fill(table);
    const statement = { sql: `SELECT n FROM \`${table}\``, params: {} };
    const { bytesProcessed } = await warehouse().dryRun(statement);
    expect(bytesProcessed).toBe(6 * 8);
    expect((await warehouse().query(statement)).bytesProcessed).toBe(bytesProcessed);
  });

  it('refuses a query without days where the table demands them', async () => {
    const table = await create({ requireDayFilter: true });
    await expect(query(`SELECT k FROM \`${table}\``)).rejects.toMatchObject({
      kind: 'invalid-query',
    });
    expect((await query(`SELECT k FROM \`${table}\` WHERE day = '2024-01-01'`)).rows).toEqual([]);
  });
}
