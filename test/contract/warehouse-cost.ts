import { expect, it } from 'vitest';
import type { Param } from '../../shared/ports/warehouse.ts';
import type { WarehouseBench } from './warehouse-bench.ts';

const TEN_MIB = 10 * 1024 * 1024;

/** The part of the contract that says what a query costs, and how a caller keeps it from costing more. */
export function describeCost({ warehouse, jobId, query, create, fill }: WarehouseBench): void {
  it('bills at least 10 MiB for each table, however little was processed', async () => {
    const [one, other] = [await create(), await create()];
    await fill(one);
    await fill(other);
    const single = await query(`SELECT n FROM \`${one}\``);
    expect([single.bytesProcessed, single.bytesBilled]).toEqual([6 * 8, TEN_MIB]);
    const both = await query(
      `SELECT n FROM \`${one}\` UNION ALL SELECT n FROM \`${other}\` UNION ALL SELECT n FROM \`${other}\``,
    );
    expect([both.bytesProcessed, both.bytesBilled]).toEqual([2 * 6 * 8, 2 * TEN_MIB]);
  });

  it('bills nothing for a query that reads no table', async () => {
    expect(await query('SELECT 1 AS n')).toMatchObject({ bytesProcessed: 0, bytesBilled: 0 });
  });

  it('bills a query once, whoever asks for it again under its job id', async () => {
    const table = await create();
    await fill(table);
    const id = jobId();
    const statement = { sql: `SELECT n FROM \`${table}\``, params: {} };
    const first = await warehouse().query(statement, { jobId: id });
    expect(first.bytesBilled).toBe(TEN_MIB);
    expect(await warehouse().query(statement, { jobId: id })).toEqual(first);
  });

  it('refuses a query that would be billed for more than allowed, and says both figures', async () => {
    const table = await create();
    await fill(table);
    const statement = { sql: `SELECT n FROM \`${table}\``, params: {} };
    await expect(
      warehouse().query(statement, { jobId: jobId(), maximumBytes: TEN_MIB - 1 }),
    ).rejects.toMatchObject({
      kind: 'invalid-query',
      message: expect.stringMatching(new RegExp(`${TEN_MIB - 1}\\D.*\\b${TEN_MIB}\\b`)),
    });
    const { rows } = await warehouse().query(statement, { maximumBytes: TEN_MIB });
    expect(rows.length).toBe(6);
  });

  const days = (...values: string[]): Record<string, Param> =>
    Object.fromEntries(values.map((value, index) => [`d${index}`, { type: 'DATE', value }]));

  it.each([
    ['one span', 'day BETWEEN @d0 AND @d1', ['2024-01-01', '2024-01-02'], 4],
    [
      'two spans',
      '(day BETWEEN @d0 AND @d1 OR day BETWEEN @d2 AND @d3)',
      ['2024-01-01', '2024-01-01', '2024-01-03', '2024-02-01'],
      4,
    ],
    [
      'two spans that share a day',
      'day BETWEEN @d0 AND @d1 OR day BETWEEN @d2 AND @d3',
      ['2024-01-01', '2024-01-02', '2024-01-02', '2024-01-02'],
      4,
    ],
    ['no day at all', 'day BETWEEN @d0 AND @d1', ['2024-02-01', '2024-02-02'], 0],
  ])('reads of %s only its days', async (_, where, values, rows) => {
    const table = await create({ requireDayFilter: true });
    await fill(table);
    const result = await query(`SELECT n FROM \`${table}\` WHERE ${where}`, days(...values));
    expect([result.rows.length, result.bytesProcessed]).toEqual([rows, rows * (8 + 8)]);
  });

  it('counts a column once, however often and in however many selects it is read', async () => {
    const table = await create();
    await fill(table);
    const result = await query(
      `SELECT SUM(n) + SUM(n * n) AS s FROM \`${table}\` WHERE n > 0
       UNION ALL SELECT COUNT(CASE WHEN n = 1 AND x > 0 THEN 1 END) FROM \`${table}\` GROUP BY n`,
    );
    expect(result.bytesProcessed).toBe(6 * (8 + 8));
  });
}
