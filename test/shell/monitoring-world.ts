import { copyFileSync, mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { cronerCrons } from '../../shared/adapters/croner-crons.ts';
import { evidenceKeeper } from '../../shared/adapters/local/evidence-keeper.ts';
import { localScheduler } from '../../shared/adapters/local/local-scheduler.ts';
import { openStateFile } from '../../shared/adapters/local/sqlite-file.ts';
import { sqliteMonitorStore } from '../../shared/adapters/local/sqlite-monitor-store.ts';
import { sqliteRunStore } from '../../shared/adapters/local/sqlite-run-store.ts';
import type { AlertMessage } from '../../shared/core/messages.ts';
import type { Monitor, Subject } from '../../shared/core/monitor/monitor.ts';
import type { Monitoring } from '../../shared/ports/monitoring.ts';
import { runMonitor } from '../../shared/shell/run-monitor.ts';
import { fillTiny, openWarehouse, TINY } from '../fixtures/tiny-warehouse.ts';

export function monitorOf(name: string, judges: Subject, parts: Partial<Monitor> = {}): Monitor {
  return {
    name,
    description: null,
    cron: '0 9 * * *',
    timeZone: 'America/New_York',
    deadlineMinutes: 60,
    severity: 'error',
    channel: null,
    judges,
    ...parts,
  };
}

let filled: Promise<string> | null = null;

/** A file with the tiny league in it, which nobody opens again. */
function filledOnce(): Promise<string> {
  filled ??= fill(join(mkdtempSync(join(tmpdir(), 'phasegate-')), 'warehouse.duckdb'));
  return filled;
}

async function fill(file: string): Promise<string> {
  const { server, warehouse } = await openWarehouse(file);
  await fillTiny(warehouse);
  await server.close();
  return file;
}

export type MonitoringWorld = Awaited<ReturnType<typeof openMonitoringWorld>>;

/** The real stores and the real warehouse with the tiny league in it, a virtual clock, and a bus that keeps alerts. */
export async function openMonitoringWorld(monitors: readonly Monitor[]) {
  const file = join(mkdtempSync(join(tmpdir(), 'phasegate-')), 'warehouse.duckdb');
  copyFileSync(await filledOnce(), file);
  const { server, warehouse } = await openWarehouse(file);
  const db = openStateFile(':memory:');
  const clock = { now: '2022-01-11T14:00:30.000Z' };
  const now = () => clock.now;
  const told: AlertMessage[] = [];
  const bus = {
    publish: async (topic: string, body: unknown) => {
      if (topic === 'phasegate-alerts') told.push(body as AlertMessage);
      return '1';
    },
  };
  const definition = { ...TINY, pipeline: { ...TINY.pipeline, monitors } };
  const monitoring: Monitoring = {
    runs: sqliteRunStore(db),
    bus,
    warehouse,
    evidence: evidenceKeeper(mkdtempSync(join(tmpdir(), 'phasegate-'))),
    pipelineOf: async () => definition.pipeline,
    now,
    monitors: sqliteMonitorStore(db),
    crons: cronerCrons,
    scheduler: localScheduler(db, definition.pipeline, { bus, crons: cronerCrons, now }),
    alsoExpected: [],
    definitionNow: () => definition,
  };
  return {
    monitoring,
    warehouse,
    server,
    clock,
    /** What was told since the last time. */
    heard: () => told.splice(0),
    /** Has the monitor look for the time at which it is due last. */
    look: (monitor: string) =>
      runMonitor(monitoring, `m-${monitor}-${clock.now}`, { monitor, due: null }),
    last: async (monitor: string) => (await monitoring.monitors.load(monitor)).state.runs[0],
    async close() {
      await server.close();
      db.close();
    },
  };
}
