import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { bigQueryWarehouse } from '../../shared/adapters/gcp/bigquery-warehouse.ts';
import {
  type BigQueryServer,
  openBigQueryServer,
} from '../../shared/adapters/local/bigquery/server.ts';
import type { Cell, Param, Warehouse } from '../../shared/ports/warehouse.ts';
import { ROWS } from '../fixtures/googlesql-rows.ts';
import { VALUES } from '../fixtures/googlesql-values.ts';

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

describe.each(Object.entries(VALUES))('%s', (_, cases) => {
  it.each(cases.map(([sql, value]) => ({ sql, value })))(
    '$sql is $value',
    async ({ sql, value }) => {
      expect(await evaluate(sql)).toBe(value);
    },
  );
});

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
