import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { bigQueryWarehouse } from '../../shared/adapters/gcp/bigquery-warehouse.ts';
import {
  type BigQueryServer,
  openBigQueryServer,
} from '../../shared/adapters/local/bigquery/server.ts';
import type { Cell, Param, Warehouse } from '../../shared/ports/warehouse.ts';

/**
 * Constructs that a transpiler gets wrong, each with the value GoogleSQL's documentation gives.
 * Figures in the titles are what a reader should be able to check by hand.
 */
let server: BigQueryServer;
let warehouse: Warehouse;

beforeAll(async () => {
  server = await openBigQueryServer({ file: ':memory:' });
  warehouse = bigQueryWarehouse({ projectId: 'local', apiEndpoint: server.url });
});

afterAll(() => server.close());

async function evaluate(expression: string, params: Record<string, Param> = {}): Promise<Cell> {
  const { rows } = await warehouse.query({ sql: `SELECT ${expression} AS v`, params });
  return rows[0]?.v ?? null;
}

const VALUES: Readonly<Record<string, readonly (readonly [sql: string, value: Cell])[]>> = {
  'division of integers': [
    ['DIV(315-240, 25)', 3],
    ['DIV(10, 2+3)', 2],
    ['2*DIV(7,2)', 6],
    ['DIV(7,2)*2', 6],
    ['10-DIV(7,2)-1', 6],
    ['12/DIV(7,2)', 4],
    ['DIV(-7, 2)', -3],
    ['2*MOD(7,4)', 6],
    ['MOD(2+5, 2*2)', 3],
    ['10-MOD(7,4)', 7],
    ['MOD(-7, 3)', -1],
    ['DIV(DIV(100, 7), MOD(7, 4))', 4],
    ['7/2', 3.5],
    ['1/2/2', 0.25],
    ['2*(1/4)', 0.5],
    ['SAFE_DIVIDE(1, 0)', null],
    ['2*SAFE_DIVIDE(1+2, 4-2)', 3],
    ['10-SAFE_DIVIDE(1, 2)', 9.5],
    ['9/SAFE_DIVIDE(3, 2)', 6],
    ['SAFE_DIVIDE(7, 2)', 3.5],
  ],
  'numbers written with a point': [
    ['0.1+0.2=0.3', false],
    ['0.1+0.2', 0.30000000000000004],
    ['ROUND(0.285*100, 0)', 28],
    ['2 * 0.44', 0.88],
    ['.5 + 1.', 1.5],
    ['1.5e3', 1500],
    ["NUMERIC '0.1' + NUMERIC '0.2' = NUMERIC '0.3'", true],
    ["CAST('1.23456' AS NUMERIC)", 1.23456],
    ["NUMERIC '1.23456' * 2", 2.46912],
    ["CAST(CAST('1.256' AS NUMERIC(10,2)) AS STRING)", '1.26'],
    ["SUM(NUMERIC '1.23456')", 1.23456],
    ['2000000000 + 2000000000', 4000000000],
  ],
  rounding: [
    ['CAST(2.5 AS INT64)', 3],
    ['CAST(-2.5 AS INT64)', -3],
    ['CAST(3.5 AS INT64)', 4],
    ['2*CAST(2.5 AS INT64)', 6],
    ["CAST(NUMERIC '2.5' AS INT64)", 3],
    ['SAFE_CAST(2.5 AS INT64)', 3],
    ['ROUND(2.5)', 3],
    ['ROUND(-2.5)', -3],
    ['ROUND(1234.567, -2)', 1200],
    ['ROUND(1.25, 1)', 1.3],
    ['TRUNC(-2.7)', -2],
    ['FLOOR(-2.5)', -3],
    ['CEIL(2.1)', 3],
    ['ABS(-2.5)', 2.5],
    ['SIGN(-2.5)', -1],
    ['POW(2, 10)', 1024],
    ['SQRT(16)', 4],
  ],
  'casts of text': [
    ["SAFE_CAST('2.5' AS INT64)", null],
    ["SAFE_CAST('1_000' AS INT64)", null],
    ["SAFE_CAST('1e3' AS INT64)", null],
    ["SAFE_CAST(' 12 ' AS INT64)", 12],
    ["SAFE_CAST('x' AS FLOAT64)", null],
    ["CAST('1.5' AS FLOAT64)", 1.5],
    ["SAFE_CAST('2024/01/05' AS DATE)", null],
    ["SAFE_CAST('2024-02-30' AS DATE)", null],
    ["CAST('2024-1-5' AS DATE)", '2024-01-05'],
    ["SAFE_CAST('yes' AS BOOL)", null],
    ["CAST('TRUE' AS BOOL)", true],
    ['CAST(1.0 AS STRING)', '1'],
    ['CAST(-0.5 AS STRING)', '-0.5'],
    ['CAST(0.1 AS STRING)', '0.1'],
    ['CAST(10 AS STRING)', '10'],
    ["CAST(NUMERIC '1.50' AS STRING)", '1.5'],
    ["CAST(NUMERIC '100' AS STRING)", '100'],
    ["CAST(DATE '2024-01-05' AS STRING)", '2024-01-05'],
    ['CAST(TRUE AS STRING)', 'true'],
    ['CAST(NULL AS STRING)', null],
    ["CAST(TIMESTAMP '2024-01-05 10:00:00+00' AS STRING)", '2024-01-05 10:00:00+00'],
  ],
  text: [
    ["REGEXP_CONTAINS('abc', 'b')", true],
    ["REGEXP_CONTAINS('abc', '^b')", false],
    ["NOT REGEXP_CONTAINS('abc', r'^\\w+$')", false],
    ["REGEXP_REPLACE('aabb', 'a', 'x')", 'xxbb'],
    ["REGEXP_REPLACE('a1b2', r'(\\d)', r'<\\1>')", 'a<1>b<2>'],
    ["REGEXP_EXTRACT('ab12', r'\\d+')", '12'],
    ["REGEXP_EXTRACT('ab12', r'b(\\d)')", '1'],
    ["REGEXP_EXTRACT('ab', r'\\d+')", null],
    ["CONCAT('a', CAST(NULL AS STRING))", null],
    ["CONCAT('a', 'b', 'c')", 'abc'],
    ["'a' || 'b' || 'c'", 'abc'],
    ["SUBSTR('abc', 0, 2)", 'ab'],
    ["SUBSTR('abc', 2)", 'bc'],
    ["SUBSTR('abc', -2)", 'bc'],
    ["SUBSTR('abc', -5, 2)", 'ab'],
    ["SUBSTR('abcdef', 1+1, 2+1)", 'bcd'],
    ["LENGTH('häß')", 3],
    ["TRIM('\\t a \\n')", 'a'],
    ["TRIM('xxaxx', 'x')", 'a'],
    ["LTRIM('  a ')", 'a '],
    ["REPLACE('abc', '', 'x')", 'abc'],
    ["STARTS_WITH('abc', 'ab')", true],
    ["ENDS_WITH('abc', 'bc')", true],
    ["STRPOS('abc', 'c')", 3],
    ["'a_c' LIKE 'a\\\\_c'", true],
    ["'abc' LIKE 'a\\\\_c'", false],
    ["'abc' NOT LIKE 'a%'", false],
    ["LOWER('ÀB')", 'àb'],
    ["ARRAY_TO_STRING(SPLIT('a,b', ','), '-')", 'a-b'],
    ["ARRAY_LENGTH(SPLIT('', ','))", 1],
    ["LEFT('abc', 2) || RIGHT('abc', 1)", 'abc'],
  ],
  JSON: [
    ['JSON_VALUE(\'{"a":{"b":"x0"}}\', \'$.a.b\')', 'x0'],
    ['JSON_VALUE(\'{"a":{"b":"x0"}}\', \'$.a\')', null],
    ["JSON_VALUE('{\"a\":[1,2]}', '$.a[1]')", '2'],
    ["JSON_VALUE('{\"a\":null}', '$.a')", null],
    [
      "TO_JSON_STRING(STRUCT(1 AS a, 1.0 AS b, '1.0, ' AS c, DATE '2024-01-05' AS d))",
      '{"a":1,"b":1,"c":"1.0, ","d":"2024-01-05"}',
    ],
    ['TO_JSON_STRING([1, 2])', '[1,2]'],
    ['TO_JSON_STRING(CAST(NULL AS INT64))', 'null'],
  ],
  dates: [
    ["DATE_TRUNC(DATE '2024-03-15', MONTH)", '2024-03-01'],
    ["DATE_TRUNC(DATE '2024-03-17', WEEK)", '2024-03-17'],
    ["DATE_TRUNC(DATE '2024-03-16', WEEK)", '2024-03-10'],
    ["DATE_TRUNC(DATE '2024-03-17', ISOWEEK)", '2024-03-11'],
    ["DATE_TRUNC(DATE '2024-03-17', WEEK(MONDAY))", '2024-03-11'],
    ["DATE_TRUNC(DATE '2024-05-17', QUARTER)", '2024-04-01'],
    ["DATE_ADD(DATE '2024-01-31', INTERVAL 1 MONTH)", '2024-02-29'],
    ["DATE_ADD(DATE '2024-02-28', INTERVAL 1+1 DAY)", '2024-03-01'],
    ["DATE_SUB(DATE '2024-01-08', INTERVAL 7 DAY)", '2024-01-01'],
    ["DATE_SUB(DATE '2024-01-08', INTERVAL 1 WEEK)", '2024-01-01'],
    ["DATE_ADD(DATE '2024-01-31', INTERVAL -1 DAY)", '2024-01-30'],
    ["DATE_DIFF(DATE '2024-03-01', DATE '2024-02-01', DAY)", 29],
    ["2*DATE_DIFF(DATE '2024-03-01', DATE '2024-02-01', DAY)", 58],
    ["DATE_DIFF(DATE '2024-03-01', DATE '2023-12-31', MONTH)", 3],
    ["EXTRACT(DAYOFWEEK FROM DATE '2024-03-17')", 1],
    ["EXTRACT(DAYOFWEEK FROM DATE '2024-03-16')", 7],
    ["10 - EXTRACT(DAYOFWEEK FROM DATE '2024-03-17')", 9],
    ["EXTRACT(YEAR FROM DATE '2024-03-17')", 2024],
    ["EXTRACT(HOUR FROM TIMESTAMP '2024-01-01 12:00:00+02:00')", 10],
    ["DATE(TIMESTAMP '2024-01-01 23:30:00-02:00')", '2024-01-02'],
    ['DATE(2024, 2, 29)', '2024-02-29'],
    [
      "TIMESTAMP_DIFF(TIMESTAMP '2024-01-02 01:00:00+00', TIMESTAMP '2024-01-01 23:30:00+00', DAY)",
      0,
    ],
    [
      "TIMESTAMP_DIFF(TIMESTAMP '2024-01-02 01:00:00+00', TIMESTAMP '2024-01-01 23:30:00+00', HOUR)",
      1,
    ],
    [
      "TIMESTAMP_ADD(TIMESTAMP '2024-01-01 00:00:00+00', INTERVAL 90 MINUTE)",
      '2024-01-01T01:30:00.000Z',
    ],
    ["PARSE_DATE('%Y%m%d', '20240229')", '2024-02-29'],
    ["FORMAT_DATE('%Y-%m', DATE '2024-02-29')", '2024-02'],
    ["UNIX_DATE(DATE '1970-01-11')", 10],
    ["ARRAY_LENGTH(GENERATE_DATE_ARRAY(DATE '2024-01-01', DATE '2024-01-31'))", 31],
    ["ARRAY_LENGTH(GENERATE_DATE_ARRAY(DATE '2024-01-02', DATE '2024-01-01'))", 0],
    ["CURRENT_TIMESTAMP() > TIMESTAMP '2024-01-01 00:00:00+00'", true],
  ],
  'NULL and choices': [
    ['GREATEST(1, NULL)', null],
    ['GREATEST(1, 3, 2)', 3],
    ['2*LEAST(4, 3)', 6],
    ['IF(NULL, 1, 2)', 2],
    ['IFNULL(NULL, 3)', 3],
    ['NULLIF(1, 1)', null],
    ['COALESCE(NULL, NULL, 4)', 4],
    ['CASE 2 WHEN 1 THEN 10 WHEN 2 THEN 20 END', 20],
    ['CASE WHEN FALSE THEN 1 END', null],
    ['1 IN UNNEST([1, NULL])', true],
    ['2 IN UNNEST([1, NULL])', null],
    ['2 NOT IN UNNEST([1])', true],
    ['NULL IN UNNEST(CAST(NULL AS ARRAY<INT64>))', false],
    ['[10, 20][OFFSET(1)]', 20],
    ['[10, 20][ORDINAL(1)]', 10],
    ['[10, 20][SAFE_OFFSET(2)]', null],
    ['STRUCT(1 AS a, 2 AS b).b', 2],
    ['TRUE IS NOT FALSE', true],
    ['1 IS DISTINCT FROM NULL', true],
    ["IF(TRUE, 1, ERROR('never'))", 1],
  ],
};

describe.each(Object.entries(VALUES))('%s', (_, cases) => {
  it.each(cases.map(([sql, value]) => ({ sql, value })))(
    '$sql is $value',
    async ({ sql, value }) => {
      expect(await evaluate(sql)).toBe(value);
    },
  );
});

const ROWS: Readonly<Record<string, readonly [sql: string, rows: unknown]>> = {
  'COUNTIF over zero rows is 0': [
    'SELECT COUNTIF(x > 1) AS c FROM UNNEST([1]) AS x WHERE FALSE',
    [{ c: 0 }],
  ],
  'COUNTIF keeps the days of a window apart': [
    'SELECT x, COUNTIF(x > 1) OVER (ORDER BY x ROWS BETWEEN 1 PRECEDING AND CURRENT ROW) AS c FROM UNNEST([1, 2, 3]) AS x ORDER BY x',
    [
      { x: 1, c: 0 },
      { x: 2, c: 1 },
      { x: 3, c: 2 },
    ],
  ],
  'NULL stands first when ascending and last when descending': [
    'SELECT x FROM UNNEST([2, NULL, 1]) AS x ORDER BY x',
    [{ x: null }, { x: 1 }, { x: 2 }],
  ],
  'LAST_VALUE without a frame ends at the current row': [
    'SELECT x, LAST_VALUE(x) OVER (ORDER BY x) AS l FROM UNNEST([1, 2]) AS x ORDER BY x',
    [
      { x: 1, l: 1 },
      { x: 2, l: 2 },
    ],
  ],
  'QUALIFY with a named window keeps the first of each group': [
    "SELECT k, v FROM (SELECT 'a' AS k, 1 AS v UNION ALL SELECT 'a', 2 UNION ALL SELECT 'b', 3) AS t WHERE TRUE QUALIFY ROW_NUMBER() OVER w = 1 WINDOW w AS (PARTITION BY k ORDER BY v DESC) ORDER BY k",
    [
      { k: 'a', v: 2 },
      { k: 'b', v: 3 },
    ],
  ],
  'RANGE frames reach by value': [
    'SELECT x, SUM(x) OVER (ORDER BY x RANGE BETWEEN 1 PRECEDING AND CURRENT ROW) AS s FROM UNNEST([1, 2, 4]) AS x ORDER BY x',
    [
      { x: 1, s: 1 },
      { x: 2, s: 3 },
      { x: 4, s: 4 },
    ],
  ],
  'LAG takes an offset and a default': [
    'SELECT x, LAG(x, 2, 0) OVER (ORDER BY x) AS l FROM UNNEST([1, 2, 3]) AS x ORDER BY x',
    [
      { x: 1, l: 0 },
      { x: 2, l: 0 },
      { x: 3, l: 1 },
    ],
  ],
  'aggregates skip NULL': [
    'SELECT COUNT(*) AS n, COUNT(x) AS c, COUNT(DISTINCT x) AS d, SUM(x) AS s, AVG(x) AS a, MIN(x) AS l, MAX(x) AS h, STDDEV_POP(x) AS p FROM UNNEST([1, 3, NULL, 3]) AS x WHERE x IS NULL OR x < 9',
    [{ n: 4, c: 3, d: 2, s: 7, a: 7 / 3, l: 1, h: 3, p: Math.sqrt(8 / 9) }],
  ],
  'STDDEV_SAMP of one row is NULL': [
    'SELECT STDDEV_SAMP(x) AS s FROM UNNEST([1]) AS x',
    [{ s: null }],
  ],
  'STRING_AGG takes DISTINCT, a separator and an order': [
    "SELECT STRING_AGG(DISTINCT x, '|' ORDER BY x DESC) AS s FROM UNNEST(['a', 'b', 'a']) AS x",
    [{ s: 'b|a' }],
  ],
  'ARRAY_AGG takes IGNORE NULLS, an order and a limit': [
    'SELECT TO_JSON_STRING(ARRAY_AGG(x IGNORE NULLS ORDER BY x DESC LIMIT 2)) AS s FROM UNNEST([1, NULL, 3, 2]) AS x',
    [{ s: '[3,2]' }],
  ],
  'LOGICAL_AND and LOGICAL_OR fold booleans': [
    'SELECT LOGICAL_AND(x > 1) AS a, LOGICAL_OR(x > 1) AS o FROM UNNEST([1, 2]) AS x',
    [{ a: false, o: true }],
  ],
  'a LEFT JOIN with USING merges its key': [
    'WITH a AS (SELECT 1 AS k, 2 AS x UNION ALL SELECT 2, 3), b AS (SELECT 1 AS k, 9 AS y) SELECT k, x, y FROM a LEFT JOIN b USING (k) ORDER BY k',
    [
      { k: 1, x: 2, y: 9 },
      { k: 2, x: 3, y: null },
    ],
  ],
  'a FULL JOIN keeps both sides': [
    'SELECT a.k AS a, b.k AS b FROM (SELECT 1 AS k) AS a FULL JOIN (SELECT 2 AS k) AS b ON a.k = b.k ORDER BY a.k',
    [
      { a: null, b: 2 },
      { a: 1, b: null },
    ],
  ],
  'EXCEPT and REPLACE change the star': [
    'SELECT * EXCEPT (b) REPLACE (a * 2 AS a) FROM (SELECT 1 AS a, 2 AS b, 3 AS c) AS t',
    [{ a: 2, c: 3 }],
  ],
  'a correlated EXISTS sees the outer row': [
    'SELECT x FROM UNNEST([1, 2]) AS x WHERE EXISTS (SELECT 1 FROM UNNEST([2, 3]) AS y WHERE y = x)',
    [{ x: 2 }],
  ],
  'UNION ALL keeps, EXCEPT DISTINCT drops': [
    'SELECT x FROM ((SELECT 1 AS x UNION ALL SELECT 1 UNION ALL SELECT 2) EXCEPT DISTINCT SELECT 2) AS t',
    [{ x: 1 }],
  ],
  'a struct of an array opens under UNNEST': [
    "SELECT i.k AS k, i.v AS v FROM UNNEST([STRUCT('a' AS k, 1 AS v), STRUCT('b' AS k, 2 AS v)]) AS i ORDER BY k",
    [
      { k: 'a', v: 1 },
      { k: 'b', v: 2 },
    ],
  ],
  'a comma binds before the joins that follow it': [
    'SELECT x, y, z FROM UNNEST([1, 2]) AS x, UNNEST([1]) AS y JOIN UNNEST([2]) AS z ON z = x',
    [{ x: 2, y: 1, z: 2 }],
  ],
  'a RIGHT JOIN with USING has the key of the right side': [
    'WITH a AS (SELECT 1 AS k), b AS (SELECT 1 AS k UNION ALL SELECT 2) SELECT k FROM a RIGHT JOIN b USING (k) ORDER BY k',
    [{ k: 1 }, { k: 2 }],
  ],
  'a FULL JOIN with USING has the key of either side': [
    'WITH a AS (SELECT 1 AS k), b AS (SELECT 2 AS k) SELECT k FROM a FULL JOIN b USING (k) ORDER BY k',
    [{ k: 1 }, { k: 2 }],
  ],
  'GROUP BY takes an alias': [
    'SELECT MOD(x, 2) AS m, COUNT(*) AS c FROM UNNEST([1, 2, 3]) AS x GROUP BY m ORDER BY m',
    [
      { m: 0, c: 1 },
      { m: 1, c: 2 },
    ],
  ],
  'GROUP BY takes positions': [
    'SELECT MOD(x, 2) AS m, COUNT(*) AS c FROM UNNEST([1, 2, 3]) AS x GROUP BY 1 HAVING COUNT(*) > 1 ORDER BY 2 DESC LIMIT 1',
    [{ m: 1, c: 2 }],
  ],
};

describe('queries', () => {
  it.each(Object.entries(ROWS))('%s', async (_, [sql, rows]) => {
    expect((await warehouse.query({ sql, params: {} })).rows).toEqual(rows);
  });

  it('reads parameters of every type as values, never as text of the statement', async () => {
    const params: Record<string, Param> = {
      s: { type: 'STRING', value: "x'); DROP TABLE t; --" },
      i: { type: 'INT64', value: 7 },
      f: { type: 'FLOAT64', value: 0.1 },
      b: { type: 'BOOL', value: true },
      d: { type: 'DATE', value: '2024-02-29' },
      t: { type: 'TIMESTAMP', value: '2024-02-29T10:00:00.123Z' },
      n: { type: 'STRING', value: null },
    };
    const sql =
      'SELECT @s AS s, @i + 1 AS i, @f + 0.2 AS f, @b AS b, DATE_ADD(@d, INTERVAL 1 DAY) AS d, @t AS t, @n AS n';
    const { rows } = await warehouse.query({ sql, params });
    expect(rows).toEqual([
      {
        s: "x'); DROP TABLE t; --",
        i: 8,
        f: 0.30000000000000004,
        b: true,
        d: '2024-03-01',
        t: '2024-02-29T10:00:00.123Z',
        n: null,
      },
    ]);
  });
});
