import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { bigQueryWarehouse } from '../../shared/adapters/gcp/bigquery-warehouse.ts';
import { openBigQueryServer } from '../../shared/adapters/local/bigquery/server.ts';
import { describeWarehouse } from './warehouse.ts';

describeWarehouse('BigQuery in a DuckDB file', async () => {
  const directory = mkdtempSync(join(tmpdir(), 'phasegate-warehouse-'));
  const server = await openBigQueryServer({ file: join(directory, 'warehouse.duckdb') });
  return {
    warehouse: bigQueryWarehouse({ projectId: 'local', apiEndpoint: server.url }),
    hold: server.hold,
    close: async () => {
      await server.close();
      rmSync(directory, { recursive: true });
    },
  };
});
