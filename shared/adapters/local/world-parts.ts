import { join } from 'node:path';
import type { DatabaseSync } from 'node:sqlite';
import type { Definition } from '../../core/pipeline.ts';
import { SYSTEM_TABLES } from '../../core/system-tables.ts';
import type { Bus } from '../../ports/bus.ts';
import { ensureTables } from '../../shell/ensure-tables.ts';
import { cronerCrons } from '../croner-crons.ts';
import { bigQueryWarehouse } from '../gcp/bigquery-warehouse.ts';
import { openBigQueryServer } from './bigquery/server.ts';
import { localScheduler } from './local-scheduler.ts';
import type { LocalWorldOptions } from './local-world.ts';
import { sqliteAlertMemory } from './sqlite-alert-memory.ts';
import { sqliteMonitorStore } from './sqlite-monitor-store.ts';

/** The project that local names stand in. */
export const PROJECT = 'local';

/** The warehouse of a world whose files nobody else holds. */
export async function openWarehouse({
  directory,
  definition,
  makesTables = true,
}: LocalWorldOptions) {
  const server = await openBigQueryServer({ file: join(directory, 'warehouse.duckdb') });
  const warehouse = bigQueryWarehouse({ projectId: PROJECT, apiEndpoint: server.url });
  if (makesTables) await ensureTables(warehouse, definition.pipeline, SYSTEM_TABLES);
  return { server, warehouse };
}

/** What monitors and alerts remember, and the timers that call them. */
export function monitored(db: DatabaseSync, { pipeline }: Definition, bus: Bus) {
  const now = () => new Date().toISOString();
  return {
    monitors: sqliteMonitorStore(db),
    alerts: sqliteAlertMemory(db),
    scheduler: localScheduler(db, pipeline, { bus, crons: cronerCrons, now }),
  };
}
