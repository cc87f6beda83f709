import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { bigQueryWarehouse } from '../../shared/adapters/gcp/bigquery-warehouse.ts';
import {
  type BigQueryServer,
  openBigQueryServer,
} from '../../shared/adapters/local/bigquery/server.ts';
import { parseTableName } from '../../shared/core/ids.ts';
import type { Warehouse } from '../../shared/ports/warehouse.ts';

let server: BigQueryServer;
let warehouse: Warehouse;

beforeAll(async () => {
  server = await openBigQueryServer({ file: ':memory:' });
  warehouse = bigQueryWarehouse({ projectId: 'local', apiEndpoint: server.url });
  await warehouse.ensureTable({
    name: parseTableName('ds.t'),
    columns: [
      { name: 'day', type: 'DATE', required: true },
      { name: 'k', type: 'STRING', required: true },
      { name: 'n', type: 'INT64', required: false },
    ],
    dayColumn: 'day',
    requireDayFilter: true,
  });
});

afterAll(() => server.close());

const run = (sql: string) => warehouse.query({ sql, params: {} });
const days = {
  from: { type: 'DATE', value: '2024-01-01' },
  to: { type: 'DATE', value: '2024-01-02' },
} as const;

/** Meanings that differ in DuckDB and are not reproduced: each is refused by its name. */
const REFUSED: readonly (readonly [sql: string, named: string])[] = [
  ["SELECT STRING_AGG(x, ',' LIMIT 2) AS s FROM UNNEST(['a']) AS x", 'LIMIT in STRING_AGG'],
  ["SELECT FORMAT('%05d-%s', 42, 'x') AS s", 'FORMAT'],
  [
    "SELECT EXTRACT(HOUR FROM TIMESTAMP '2024-01-01 00:00:00+00' AT TIME ZONE 'Europe/Paris') AS h",
    'AT TIME ZONE',
  ],
  ["SELECT EXTRACT(ISOWEEK FROM DATE '2024-01-01') AS w", 'EXTRACT'],
  ["SELECT DATE_DIFF(DATE '2024-01-01', DATE '2024-01-08', WEEK) AS w", 'WEEK'],
  ["SELECT PARSE_DATE('%A %d', 'x') AS d", 'PARSE_DATE'],
  ["SELECT FORMAT_DATE('%E4Y', DATE '2024-01-01') AS d", 'FORMAT_DATE'],
  ["SELECT SAFE.PARSE_DATE('%F', 'nope') AS d", 'SAFE.PARSE_DATE'],
  ["SELECT FARM_FINGERPRINT('foo') AS f", 'FARM_FINGERPRINT'],
  ["SELECT STRING(PARSE_JSON('{}').a) AS s", 'STRING'],
  ["SELECT REGEXP_INSTR('abc', 'b') AS i", 'REGEXP_INSTR'],
  ['SELECT IEEE_DIVIDE(1, 0) AS i', 'IEEE_DIVIDE'],
  ["SELECT REGEXP_EXTRACT('b', '(a)?b') AS r", 'may stay unmatched'],
  ['SELECT MOD(x, 2) AS x FROM UNNEST([1]) AS x GROUP BY x', 'GROUP BY x'],
  ['SELECT APPROX_TOP_COUNT(x, 2) AS c FROM UNNEST([1]) AS x', 'APPROX_TOP_COUNT'],
  ['SELECT APPROX_QUANTILES(x, 2) AS c FROM UNNEST([1]) AS x', 'APPROX_QUANTILES'],
  ['SELECT CORR(x, x) AS c FROM UNNEST([1]) AS x', 'CORR'],
  ['SELECT HLL_COUNT.INIT(x) AS c FROM UNNEST([1]) AS x', 'INIT'],
  ['SELECT SAFE_MULTIPLY(1, 2) AS c', 'SAFE_MULTIPLY'],
  ['SELECT CAST(1 AS BIGNUMERIC) AS c', 'BIGNUMERIC'],
  ["SELECT CAST(DATE '2024-01-01' AS STRING FORMAT 'YYYY') AS c", 'FORMAT'],
  ['SELECT x, o FROM UNNEST([1]) AS x WITH OFFSET AS o', 'UNNEST WITH OFFSET'],
  ['SELECT ANY_VALUE(x HAVING MAX x) AS a FROM UNNEST([1]) AS x', 'HAVING MAX'],
  ['SELECT SUM(x) FILTER (WHERE x > 1) AS a FROM UNNEST([1]) AS x', 'FILTER'],
  ['SELECT 1::INT64 AS a', '::'],
  ['SELECT [1][0] AS a', 'OFFSET'],
  ['SELECT 1 & 2 AS a', 'BITWISE AND'],
  ['SELECT 7 % 2 AS a', 'MOD'],
  ['WITH RECURSIVE a AS (SELECT 1 AS x) SELECT x FROM a', 'RECURSIVE'],
  ['SELECT AS STRUCT 1 AS a', 'STRUCT'],
  ['SELECT k FROM `ds.t` TABLESAMPLE SYSTEM (10 PERCENT)', 'TABLE SAMPLE'],
  ["SELECT k FROM `ds.t` FOR SYSTEM_TIME AS OF TIMESTAMP '2024-01-01 00:00:00+00'", 'SYSTEM TIME'],
  ["SELECT * FROM `ds.t` PIVOT(SUM(n) FOR k IN ('a'))", 'PIVOT'],
  ['SELECT k FROM `ds.t` GROUP BY ROLLUP(k)', 'ROLLUP'],
  ['SELECT read_csv(k) AS x FROM `ds.t`', 'READ_CSV'],
  ['SELECT 1 AS a; SELECT 2 AS b', 'several statements'],
  ['SELECT @@x AS a', 'parameter'],
  ['SELECT 9223372036854775808 AS a', 'INT64'],
  ['DELETE FROM `ds.t` WHERE TRUE', 'DELETE'],
  ['DROP TABLE `ds.t`', 'DROP TABLE'],
  ["ATTACH 'x.db' AS x", 'statement'],
];

describe('what is outside of the allow-list', () => {
  it.each(REFUSED.map(([sql, named]) => ({ sql, named })))(
    '$sql is refused, naming $named',
    async ({ sql, named }) => {
      await expect(run(sql)).rejects.toMatchObject({
        kind: 'invalid-query',
        message: expect.stringContaining(named),
      });
    },
  );

  it('is refused by a dry run as well', async () => {
    await expect(warehouse.dryRun({ sql: 'SELECT FOO(1) AS a', params: {} })).rejects.toMatchObject(
      {
        kind: 'invalid-query',
        message: expect.stringContaining('FOO'),
      },
    );
  });
});

describe('values that GoogleSQL refuses', () => {
  it.each([
    ['SELECT 1/x AS v FROM UNNEST([0]) AS x', 'division by zero'],
    ['SELECT DIV(1, x) AS v FROM UNNEST([0]) AS x', 'division by zero'],
    ['SELECT MOD(1, x) AS v FROM UNNEST([0]) AS x', 'division by zero'],
    ['SELECT SQRT(-x) AS v FROM UNNEST([1]) AS x', 'square root'],
    ['SELECT LN(x) AS v FROM UNNEST([0]) AS x', 'logarithm'],
    ['SELECT POW(-x, 0.5) AS v FROM UNNEST([1]) AS x', 'POW'],
    ["SELECT CAST(x AS INT64) AS v FROM UNNEST(['2.5']) AS x", 'Bad int64 value: 2.5'],
    ['SELECT [1][OFFSET(x)] AS v FROM UNNEST([1]) AS x', 'out of bounds'],
    ["SELECT ERROR(CONCAT('no: ', x)) AS v FROM UNNEST(['a']) AS x", 'no: a'],
    ["SELECT NUMERIC '1' / x AS v FROM UNNEST([NUMERIC '3']) AS x", 'NUMERIC'],
    ["SELECT AVG(x) AS v FROM UNNEST([NUMERIC '3']) AS x", 'NUMERIC'],
    ['SELECT x * 10 AS v FROM UNNEST([1e308]) AS x', 'double overflow'],
    ["SELECT x * x AS v FROM UNNEST([NUMERIC '3']) AS x", 'NUMERIC'],
  ])('%s fails with %s', async (sql, message) => {
    await expect(run(sql)).rejects.toMatchObject({
      kind: 'invalid-query',
      message: expect.stringContaining(message),
    });
  });
});

describe('the day filter', () => {
  it.each([
    'SELECT k FROM `ds.t`',
    "SELECT k FROM `ds.t` WHERE k = 'a'",
    "SELECT k FROM `ds.t` WHERE day = DATE '2024-01-01' OR k = 'a'",
    'SELECT k FROM `ds.t` WHERE day = (SELECT MAX(x) FROM UNNEST([DATE "2024-01-01"]) AS x)',
    "SELECT k FROM `ds.t` WHERE NOT day = DATE '2024-01-01'",
    "SELECT a.k FROM `ds.t` AS a JOIN `ds.t` AS b ON a.k = b.k WHERE a.day = DATE '2024-01-01'",
    'SELECT k FROM `ds.t` WHERE day IS NOT NULL',
  ])('%s is refused for want of one', async (sql) => {
    await expect(run(sql)).rejects.toMatchObject({
      kind: 'invalid-query',
      message: expect.stringContaining("filter over column 'day'"),
    });
  });

  it.each([
    "SELECT k FROM `ds.t` WHERE day BETWEEN '2024-01-01' AND '2024-01-02'",
    "SELECT k FROM `ds.t` WHERE (day = '2024-01-01' OR day = '2024-01-03') AND k = 'a'",
    "SELECT k FROM `ds.t` WHERE DATE '2024-01-01' <= day",
    "SELECT a.k FROM `ds.t` AS a JOIN `ds.t` AS b ON a.k = b.k AND b.day = '2024-01-01' WHERE a.day = '2024-01-01'",
    "WITH w AS (SELECT k FROM `ds.t` WHERE day IN ('2024-01-01')) SELECT k FROM w",
  ])('%s is accepted', async (sql) => {
    expect((await run(sql)).rows).toEqual([]);
  });
});

describe('a write', () => {
  const using = "USING (SELECT DATE '2024-01-01' AS day, 'a' AS k, 1 AS n) AS s";
  const removal = 'WHEN NOT MATCHED BY SOURCE AND t.day BETWEEN @from AND @to THEN DELETE';
  const insertion = 'WHEN NOT MATCHED BY TARGET THEN INSERT (day, k, n) VALUES (s.day, s.k, s.n)';
  const write = (sql: string) =>
    warehouse.write({ sql, params: days }, { jobId: `w${Math.random()}`.replace('.', '') });

  it.each([
    `MERGE \`ds.t\` AS t ${using} ON t.k = s.k WHEN MATCHED THEN UPDATE SET n = s.n`,
    `MERGE \`ds.t\` AS t ${using} ON t.k = s.k ${removal} ${insertion}`,
    `MERGE \`ds.t\` AS t ${using} ON FALSE ${insertion}`,
    `MERGE \`ds.t\` AS t ${using} ON FALSE ${removal}`,
    `MERGE \`ds.t\` AS t ${using} ON FALSE ${removal.replace('BETWEEN @from AND @to', '= @from')} ${insertion}`,
    `MERGE \`ds.t\` AS t ${using} ON FALSE ${removal} ${insertion.replace('s.n)', 's.n + 1)')}`,
    `MERGE \`ds.t\` AS t ${using} ON FALSE ${removal} ${insertion.replace('TARGET', 'TARGET AND s.n > 0')}`,
    `MERGE \`ds.t\` AS t USING \`ds.t\` AS s ON FALSE ${removal} ${insertion}`,
    'INSERT INTO `ds.t` (day, k, n) SELECT @from, @to, 1',
    'UPDATE `ds.t` SET n = 1 WHERE day BETWEEN @from AND @to',
    'CREATE TABLE `ds.u` AS SELECT @from AS a, @to AS b',
  ])('%s is refused with the shape that is accepted', async (sql) => {
    await expect(write(sql)).rejects.toMatchObject({
      kind: 'invalid-query',
      message: expect.stringMatching(/not supported by the local warehouse/),
    });
  });

  it('of a FLOAT64 into an INT64 column is refused, naming the column', async () => {
    const sql = `MERGE \`ds.t\` AS t ${using.replace('1 AS n', '1.5 AS n')} ON FALSE ${removal} ${insertion}`;
    await expect(write(sql)).rejects.toMatchObject({
      kind: 'invalid-query',
      message: expect.stringContaining('FLOAT64 cannot be assigned to n'),
    });
  });

  it('of a column that the table lacks is refused, naming it', async () => {
    const sql = `MERGE \`ds.t\` AS t ${using} ON FALSE ${removal} ${insertion.replace('k, n)', 'k, z)')}`;
    await expect(write(sql)).rejects.toMatchObject({
      kind: 'invalid-query',
      message: expect.stringContaining('Column z'),
    });
  });
});
