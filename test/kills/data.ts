import { createHash } from 'node:crypto';
import { join } from 'node:path';
import { bigQueryWarehouse } from '../../shared/adapters/gcp/bigquery-warehouse.ts';
import { openBigQueryServer } from '../../shared/adapters/local/bigquery/server.ts';
import { isKind } from '../../shared/core/errors.ts';
import { tablesOf } from '../../shared/core/pipeline.ts';
import { verifiedViewOf } from '../../shared/core/published.ts';
import { RUN_HISTORY } from '../../shared/core/system-tables.ts';
import type { Row, Warehouse } from '../../shared/ports/warehouse.ts';
import { rowsOf } from '../e2e/phasegate.ts';
import type { League } from './league.ts';

/** What a world holds in the end. */
export type Data = Readonly<{
  /** Of each table and each verified view: how many rows, and a hash of all of them. */
  relations: ReadonlyMap<string, string>;
  /** Launches that say of one day twice that they wrote it. */
  wroteTwice: readonly string[];
}>;

/** Reads every row of a world that nobody owns. */
export async function readData({ pipeline }: League, directory: string): Promise<Data> {
  const server = await openBigQueryServer({ file: join(directory, 'warehouse.duckdb') });
  const warehouse = bigQueryWarehouse({ projectId: 'local', apiEndpoint: server.url });
  try {
    const relations = new Map<string, string>();
    for (const { name, key, dayColumn, publish } of tablesOf(pipeline)) {
      const views = publish === 'verified' ? [verifiedViewOf(name)] : [];
      for (const relation of [name, ...views]) {
        relations.set(
          relation,
          await rowsOf(warehouse, relation, key, dayColumn).then(said, (error: unknown) => {
            if (isKind(error, 'not-found')) return 'not there';
            throw error;
          }),
        );
      }
    }
    return { relations, wroteTwice: await writtenTwice(warehouse) };
  } finally {
    await server.close();
  }
}

function said(rows: readonly Row[]): string {
  const hash = createHash('sha256').update(JSON.stringify(rows)).digest('hex');
  return `${rows.length} rows ${hash.slice(0, 16)}`;
}

async function writtenTwice(warehouse: Warehouse): Promise<readonly string[]> {
  const { rows } = await warehouse.query({
    sql: [
      'SELECT launch, data_date, COUNT(*) AS times',
      `FROM \`${RUN_HISTORY.name}\``,
      "WHERE data_date >= DATE '1900-01-01' AND status = 'success'",
      'GROUP BY launch, data_date HAVING COUNT(*) > 1 ORDER BY launch, data_date',
    ].join('\n'),
    params: {},
  });
  return rows.map(({ launch, data_date, times }) => `${launch} on ${data_date}, ${times} times`);
}
