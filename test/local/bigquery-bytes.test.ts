import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { bigQueryWarehouse } from '../../shared/adapters/gcp/bigquery-warehouse.ts';
import { bytesBilled } from '../../shared/adapters/local/bigquery/billing.ts';
import {
  type BigQueryServer,
  openBigQueryServer,
} from '../../shared/adapters/local/bigquery/server.ts';
import { parseTableName } from '../../shared/core/ids.ts';
import type { Param, Warehouse } from '../../shared/ports/warehouse.ts';
import { replaceStatement } from '../../shared/sql/replace.ts';

const MIB = 1_048_576;

/** What a statement is said to process, in bytes a row: DATE, INT64 and FLOAT64 are 8, BOOL is 1. */
let server: BigQueryServer;
let warehouse: Warehouse;

const COLUMNS = [
  { name: 'day', type: 'DATE', required: false },
  { name: 'k', type: 'INT64', required: true },
  { name: 'n', type: 'INT64', required: false },
  { name: 'x', type: 'FLOAT64', required: false },
  { name: 'b', type: 'BOOL', required: false },
] as const;
const ROWS_A_DAY = 10;
const DAYS = 4;
const ALL = ROWS_A_DAY * DAYS;
const WHOLE_ROW = 8 + 8 + 8 + 8 + 1;

beforeAll(async () => {
  server = await openBigQueryServer({ file: ':memory:' });
  warehouse = bigQueryWarehouse({ projectId: 'local', apiEndpoint: server.url });
  for (const name of ['ds.t', 'ds.u']) {
    const table = parseTableName(name);
    await warehouse.ensureTable({
      name: table,
      columns: COLUMNS,
      dayColumn: 'day',
      requireDayFilter: false,
    });
    await warehouse.write(replacing(name, FILL), { jobId: `fill-${name.replace('.', '-')}` });
  }
});
afterAll(() => server.close());

const FILL = `SELECT day, k, k AS n, 0.5 AS x, TRUE AS b FROM UNNEST(GENERATE_DATE_ARRAY(@from, @to)) AS day CROSS JOIN UNNEST(GENERATE_ARRAY(1, ${ROWS_A_DAY})) AS k`;

const PARAMS: Record<string, Param> = {
  from: { type: 'DATE', value: '2024-01-01' },
  to: { type: 'DATE', value: '2024-01-04' },
};

function replacing(table: string, select: string) {
  const sql = replaceStatement({
    table,
    columns: COLUMNS,
    key: ['day', 'k'],
    dayColumn: 'day',
    select,
  });
  return { sql, params: PARAMS };
}

const predicted = async (sql: string, params: Record<string, Param> = {}) =>
  (await warehouse.dryRun({ sql, params })).bytesProcessed;

describe('a statement is said to process', () => {
  it.each([
    ['no column for a count of rows', 'SELECT COUNT(*) AS c FROM `ds.t`', 0],
    [
      'a column by its own table alone',
      'SELECT t.n, u.x FROM `ds.t` AS t JOIN `ds.u` AS u ON t.k = u.k',
      8 + 8 + 8 + 8,
    ],
    ['every column for a star', 'SELECT * FROM `ds.t`', WHOLE_ROW],
    ['a star’s columns without those it leaves out', 'SELECT * EXCEPT (b, x) FROM `ds.t`', 24],
    [
      'what replaces a star’s column',
      'SELECT * EXCEPT (b, n, k) REPLACE (k * x AS x) FROM `ds.t`',
      8 + 8 + 8,
    ],
    [
      'of a subquery’s star only what is asked of it',
      'SELECT q.n FROM (SELECT * FROM `ds.t`) AS q',
      8,
    ],
    [
      'of a common table only what is asked of it',
      'WITH w AS (SELECT k, n + x AS m, b FROM `ds.t`) SELECT SUM(m) AS m FROM w',
      16,
    ],
    [
      'nothing for a common table that nobody reads',
      'WITH w AS (SELECT k FROM `ds.t`) SELECT n FROM `ds.u`',
      8,
    ],
    [
      'a common table once, however often it is named',
      'WITH w AS (SELECT k, n FROM `ds.t`) SELECT a.n FROM w AS a JOIN w AS b ON a.k = b.k',
      16,
    ],
    [
      'all columns that DISTINCT compares',
      'SELECT q.k FROM (SELECT DISTINCT k, n FROM `ds.t`) AS q',
      16,
    ],
    [
      'both sides of a set operation that compares rows',
      'SELECT q.k FROM (SELECT k, n FROM `ds.t` EXCEPT DISTINCT SELECT k, b FROM (SELECT k, 1 AS b FROM `ds.u`)) AS q',
      8 + 8 + 8,
    ],
    [
      'of a bag union only the columns asked for, by place',
      'SELECT q.k FROM (SELECT k, n FROM `ds.t` UNION ALL SELECT n, k FROM `ds.u`) AS q',
      8 + 8,
    ],
    [
      'a merged join column of both sides',
      'SELECT COUNT(*) AS c FROM `ds.t` JOIN `ds.u` USING (k)',
      8 + 8,
    ],
    [
      'grouping and order by an output’s name',
      'SELECT k AS g, COUNT(*) AS c FROM `ds.t` GROUP BY g ORDER BY g',
      8,
    ],
    [
      'grouping by an output’s place',
      'SELECT q.c FROM (SELECT k, COUNT(*) AS c FROM `ds.t` GROUP BY 1) AS q',
      8,
    ],
    ['a condition on groups', 'SELECT k FROM `ds.t` GROUP BY k HAVING SUM(x) > 1', 16],
    [
      'a window’s order',
      'SELECT k FROM `ds.t` WHERE TRUE QUALIFY ROW_NUMBER() OVER (PARTITION BY b ORDER BY n) = 1',
      8 + 1 + 8,
    ],
    ['a named window', 'SELECT SUM(k) OVER w AS s FROM `ds.t` WINDOW w AS (ORDER BY n)', 16],
    [
      'what a query inside names of the row around it',
      'SELECT k FROM `ds.t` AS t WHERE EXISTS (SELECT 1 FROM `ds.u` AS u WHERE u.n = t.x)',
      8 + 8 + 8,
    ],
    [
      'a list that is looked into',
      'SELECT k FROM `ds.t` WHERE n IN (SELECT n FROM `ds.u`)',
      8 + 8 + 8,
    ],
    [
      'a date part as no column',
      'SELECT DATE_DIFF(CURRENT_DATE(), DATE(2024, n, k), DAY) AS d FROM `ds.t`',
      16,
    ],
    ['a column under any case of its name', 'SELECT N, n AS m FROM `ds.t` AS T WHERE t.N > 0', 8],
  ])('%s', async (_, sql, bytesARow) => {
    expect(await predicted(sql)).toBe(ALL * bytesARow);
  });

  it.each([
    [
      'the days of each table apart',
      'SELECT t.n FROM `ds.t` AS t JOIN `ds.u` AS u USING (k) WHERE t.day = "2024-01-01" AND u.day <= "2024-01-02"',
      ROWS_A_DAY * 24 + 2 * ROWS_A_DAY * 16,
    ],
    [
      'a column on the days of all its readers',
      'SELECT n FROM `ds.t` WHERE day = "2024-01-01" UNION ALL SELECT k FROM `ds.t` WHERE day <= "2024-01-02"',
      ROWS_A_DAY * 8 + 2 * ROWS_A_DAY * (8 + 8),
    ],
    [
      'the days asked for above a subquery',
      'SELECT q.n FROM (SELECT day AS d, n FROM `ds.t`) AS q WHERE q.d = "2024-01-03"',
      ROWS_A_DAY * 16,
    ],
    [
      'the days asked for above a grouping by day',
      'WITH w AS (SELECT day, SUM(n) AS n FROM `ds.t` GROUP BY day) SELECT n FROM w WHERE day BETWEEN "2024-01-03" AND "2024-01-04"',
      2 * ROWS_A_DAY * 16,
    ],
    [
      'all days below a limit',
      'SELECT q.n FROM (SELECT day, n FROM `ds.t` ORDER BY k LIMIT 3) AS q WHERE q.day = "2024-01-03"',
      ALL * 24,
    ],
    [
      'all days below a window',
      'SELECT q.n FROM (SELECT day, SUM(n) OVER (ORDER BY k) AS n FROM `ds.t`) AS q WHERE q.day = "2024-01-03"',
      ALL * 24,
    ],
    [
      'all days of the side that an outer join keeps',
      'SELECT t.n FROM `ds.t` AS t LEFT JOIN `ds.u` AS u ON t.k = u.k AND t.day = "2024-01-01" AND u.day = "2024-01-01"',
      ALL * 24 + ROWS_A_DAY * 16,
    ],
  ])('%s', async (_, sql, bytes) => {
    expect(await predicted(sql)).toBe(bytes);
  });

  it('nothing of a dataset’s own description, which is billed as one table', async () => {
    const sql = 'SELECT total_rows FROM `ds.INFORMATION_SCHEMA.PARTITIONS`';
    const { rows, ...cost } = await warehouse.query({ sql, params: {} });
    expect(rows.length).toBe(2 * DAYS);
    expect(cost).toMatchObject({ bytesProcessed: 0, bytesBilled: 10 * MIB });
  });

  it('what its SELECT reads and the rows that a replace removes', async () => {
    const select = 'SELECT day, k, n, 0.5 AS x, b FROM `ds.u` WHERE day BETWEEN @from AND @to';
    const { sql } = replacing('ds.t', select);
    const params = { ...PARAMS, to: { type: 'DATE', value: '2024-01-02' } as const };
    expect(await predicted(sql, params)).toBe(2 * ROWS_A_DAY * (25 + WHOLE_ROW));
  });
});

describe('what is billed', () => {
  it.each([
    ['nothing where no table is named', [], 0],
    ['10 MiB for a table of no bytes', [0], 10],
    ['10 MiB up to 10 MiB', [10 * MIB], 10],
    ['the next whole MiB above', [10 * MIB + 1], 11],
    ['each table by itself', [1, 12.5 * MIB, 10 * MIB], 10 + 13 + 10],
  ])('is %s', (_, bytes, mebibytes) => {
    const read = new Map(bytes.map((each, index) => [`ds.t${index}`, each]));
    expect(bytesBilled(read)).toBe(mebibytes * MIB);
  });
});
