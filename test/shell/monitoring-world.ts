import { copyFileSync, mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { cronerCrons } from '../../shared/adapters/croner-crons.ts';
import { deadPiles } from '../../shared/adapters/local/dead-piles.ts';
import { evidenceKeeper } from '../../shared/adapters/local/evidence-keeper.ts';
import { folderAges } from '../../shared/adapters/local/folder-ages.ts';
import { localScheduler } from '../../shared/adapters/local/local-scheduler.ts';
import { sqliteAlertMemory } from '../../shared/adapters/local/sqlite-alert-memory.ts';
import { openStateFile } from '../../shared/adapters/local/sqlite-file.ts';
import { sqliteMonitorStore } from '../../shared/adapters/local/sqlite-monitor-store.ts';
import { sqliteRunStore } from '../../shared/adapters/local/sqlite-run-store.ts';
import { parseDaySet } from '../../shared/core/day-set.ts';
import { launchId } from '../../shared/core/ids.ts';
import type { AlertMessage } from '../../shared/core/messages.ts';
import type { Monitor, Subject } from '../../shared/core/monitor/monitor.ts';
import type { Pipeline } from '../../shared/core/pipeline.ts';
import type { SelectTable } from '../../shared/core/table-job.ts';
import { requestHash } from '../../shared/edge/request-hash.ts';
import type { Monitoring } from '../../shared/ports/monitoring.ts';
import { runJob } from '../../shared/shell/run-job.ts';
import { runMonitor } from '../../shared/shell/run-monitor.ts';
import { RUN } from '../core/build.ts';
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
export async function openMonitoringWorld(
  monitors: readonly Monitor[],
  change: (pipeline: Pipeline) => Pipeline = (pipeline) => pipeline,
) {
  const file = join(mkdtempSync(join(tmpdir(), 'phasegate-')), 'warehouse.duckdb');
  copyFileSync(await filledOnce(), file);
  const { server, warehouse } = await openWarehouse(file);
  const db = openStateFile(':memory:');
  const clock = { now: '2022-01-11T14:00:30.000Z' };
  const now = () => clock.now;
  const told: AlertMessage[] = [];
  let attempt = 100;
  const started: unknown[] = [];
  const bus = {
    publish: async (topic: string, body: unknown) => {
      if (topic === 'phasegate-alerts') told.push(body as AlertMessage);
      if (topic === 'phasegate-start') started.push(body);
      return '1';
    },
  };
  const definition = { ...TINY, pipeline: change({ ...TINY.pipeline, monitors }) };
  const monitoring: Monitoring = {
    runs: sqliteRunStore(db),
    bus,
    warehouse,
    evidence: evidenceKeeper(mkdtempSync(join(tmpdir(), 'phasegate-'))),
    pipelineOf: async () => definition.pipeline,
    now,
    monitors: sqliteMonitorStore(db),
    crons: cronerCrons,
    files: folderAges(mkdtempSync(join(tmpdir(), 'phasegate-'))),
    dead: deadPiles(() => []),
    scheduler: localScheduler(db, definition.pipeline, { bus, crons: cronerCrons, now }),
    alsoExpected: [],
    requestHash,
    definitionNow: () => definition,
    alerts: sqliteAlertMemory(db),
    testMs: 30_000,
  };
  return {
    monitoring,
    warehouse,
    server,
    clock,
    /** What was told since the last time. */
    heard: () => told.splice(0),
    /** Which runs were asked for since the last time. */
    asked: () => started.splice(0),
    /** Has the monitor look for the time at which it is due last. */
    look: (monitor: string) =>
      runMonitor(monitoring, `m-${monitor}-${clock.now}`, { monitor, due: null }),
    /** Writes days of a table again as its own job would, with `also` behind its SELECT: `AND FALSE` leaves them empty. */
    async write(table: SelectTable, days: string, also = '') {
      attempt += 1;
      const launch = launchId(RUN, table.name, attempt);
      const job = { ...table.job, select: `${table.job.select} ${also}` };
      const work = { run: RUN, launch, table: { ...table, job }, days: parseDaySet(days) };
      const wallClock = () => new Date().toISOString();
      await runJob(warehouse, work, wallClock, () => undefined);
    },
    last: async (monitor: string) => (await monitoring.monitors.load(monitor)).state.runs[0],
    async close() {
      await server.close();
      db.close();
    },
  };
}
