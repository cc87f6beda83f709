import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import type { DatabaseSync } from 'node:sqlite';
import type { DeadLetter } from '../../core/dead-letter.ts';
import { deathAlert } from '../../core/death.ts';
import { PhasegateError } from '../../core/errors.ts';
import type { Definition } from '../../core/pipeline.ts';
import { SYSTEM_TABLES } from '../../core/system-tables.ts';
import { requestHash } from '../../edge/request-hash.ts';
import type { AlertMemory } from '../../ports/alert-memory.ts';
import { type Bus, TOPICS } from '../../ports/bus.ts';
import type { DeadCount } from '../../ports/dead-count.ts';
import type { FileAges } from '../../ports/file-ages.ts';
import type { MonitorStore } from '../../ports/monitor-store.ts';
import type { Monitoring } from '../../ports/monitoring.ts';
import type { RunStore } from '../../ports/run-store.ts';
import type { Scheduler } from '../../ports/scheduler.ts';
import type { Warehouse } from '../../ports/warehouse.ts';
import type { EvidenceKeeper, World } from '../../ports/world.ts';
import { ensureTables } from '../../shell/ensure-tables.ts';
import { newWatch, reconcile } from '../../shell/reconcile.ts';
import { STARTS } from '../../shell/set-going.ts';
import { codeVersion } from '../code-version.ts';
import { cronerCrons } from '../croner-crons.ts';
import { bigQueryWarehouse } from '../gcp/bigquery-warehouse.ts';
import { handlersOf } from '../handlers.ts';
import { monitorHandler } from '../monitor-handler.ts';
import { pinnedPipelines } from '../pinned-pipelines.ts';
import { openBigQueryServer } from './bigquery/server.ts';
import { openBusServer } from './bus-server.ts';
import { childProcessRunner } from './child-process-runner.ts';
import { deadPiles } from './dead-piles.ts';
import { definitionFiles } from './definition-files.ts';
import { evidenceKeeper } from './evidence-keeper.ts';
import { folderAges } from './folder-ages.ts';
import { localBus } from './local-bus.ts';
import { localNotifier } from './local-notifier.ts';
import { localScheduler } from './local-scheduler.ts';
import { findOwner, type Owner, removeOwner, writeOwner } from './owner-file.ts';
import { remoteBus } from './remote-bus.ts';
import { repeat } from './repeat.ts';
import { sqliteAlertMemory } from './sqlite-alert-memory.ts';
import { openStateFile } from './sqlite-file.ts';
import { sqliteMonitorStore } from './sqlite-monitor-store.ts';
import { sqliteRunStore } from './sqlite-run-store.ts';
import { tellSilence } from './tell-silence.ts';

const PROJECT = 'local';
const RECONCILE_MS = 1000;
const LISTEN_MS = 60_000;
/** A message that is delivered again for longer dies. */
export const TEST_MS = 30_000;

export type LocalWorldOptions = Readonly<{
  directory: string;
  definition: Definition;
  /** Talk to an owner with another definition, too. */
  anyDefinition: boolean;
  /** False for a command that only looks: as owner it goes on with no run, launches no job and takes no message. */
  launches: boolean;
  /** What runs a job: a program and its first arguments; `job TABLE` is appended. */
  jobCommand: readonly [string, ...string[]];
  /** Told of every page. */
  onPage: (text: string) => void;
  /** Where addresses of channels may be; absent: pages go nowhere else. */
  environment?: Readonly<Record<string, string | undefined>>;
}>;

export type LocalWorld = Readonly<{
  runs: RunStore;
  bus: Bus;
  warehouse: Warehouse;
  evidence: EvidenceKeeper;
  monitors: MonitorStore;
  alerts: AlertMemory;
  scheduler: Scheduler;
  files: FileAges;
  dead: DeadCount;
  /** True when this process runs the world, false when another one does and this one only talks to it. */
  isOwner: boolean;
  /** Its `busUrl` is null only where `launches` was false. */
  owner: Owner;
  /** Whether the owner is still there. */
  isServed(): boolean;
  deadLetters(): readonly DeadLetter[];
  close(): Promise<void>;
}>;

/**
 * Opens the world in a directory: as its owner when nobody is, otherwise as a guest of the owner.
 *
 * @throws PhasegateError `invalid-input` for damaged files, or when the owner runs another pipeline definition;
 *   `conflict` when the owner only looks and this process is to launch
 */
export async function openLocalWorld(options: LocalWorldOptions): Promise<LocalWorld> {
  mkdirSync(options.directory, { recursive: true });
  const owner = findOwner(options.directory);
  const db = openStateFile(join(options.directory, 'state.db'));
  try {
    if (owner !== null) return visit(options, db, owner);
    return options.launches ? await own(options, db) : await look(options, db);
  } catch (error) {
    db.close();
    throw error;
  }
}

function visit(
  { directory, definition, anyDefinition, launches }: LocalWorldOptions,
  db: DatabaseSync,
  owner: Owner,
): LocalWorld {
  if (launches && owner.busUrl === null) {
    throw new PhasegateError(
      'conflict',
      `process ${owner.pid} holds this world and launches nothing; wait until it has ended, and ask again`,
    );
  }
  if (!anyDefinition && owner.definition !== definition.hash) {
    throw new PhasegateError(
      'invalid-input',
      `process ${owner.pid} runs this world with another pipeline definition (${owner.definition}, here ${definition.hash}); stop it, or use its pipeline and overlay`,
    );
  }
  const bus = localBus(db);
  return {
    runs: sqliteRunStore(db),
    bus: owner.busUrl === null ? bus : remoteBus(owner.busUrl),
    warehouse: bigQueryWarehouse({ projectId: PROJECT, apiEndpoint: owner.warehouseUrl }),
    evidence: evidenceKeeper(directory),
    ...monitored(db, definition, bus),
    files: folderAges(directory),
    dead: deadPiles(() => bus.deadLetters()),
    isOwner: false,
    owner,
    isServed: () => findOwner(directory)?.pid === owner.pid,
    deadLetters: () => bus.deadLetters(),
    async close() {
      await bus.close();
      db.close();
    },
  };
}

/** Owns the files and nothing else: runs, messages and executions stay as the last owner left them. */
async function look(options: LocalWorldOptions, db: DatabaseSync): Promise<LocalWorld> {
  const { directory, definition } = options;
  const { server, warehouse } = await openWarehouse(options);
  const bus = localBus(db);
  const owner = {
    pid: process.pid,
    busUrl: null,
    warehouseUrl: server.url,
    definition: definition.hash,
  };
  writeOwner(directory, owner);
  return {
    runs: sqliteRunStore(db),
    bus,
    warehouse,
    evidence: evidenceKeeper(directory),
    ...monitored(db, definition, bus),
    files: folderAges(directory),
    dead: deadPiles(() => bus.deadLetters()),
    isOwner: true,
    owner,
    isServed: () => true,
    deadLetters: () => bus.deadLetters(),
    async close() {
      await bus.close();
      await server.close();
      removeOwner(directory);
      db.close();
    },
  };
}

async function openWarehouse({ directory, definition }: LocalWorldOptions) {
  const server = await openBigQueryServer({ file: join(directory, 'warehouse.duckdb') });
  const warehouse = bigQueryWarehouse({ projectId: PROJECT, apiEndpoint: server.url });
  await ensureTables(warehouse, definition.pipeline, SYSTEM_TABLES);
  return { server, warehouse };
}

async function own(options: LocalWorldOptions, db: DatabaseSync): Promise<LocalWorld> {
  const { directory, definition, jobCommand } = options;
  const bus = localBus(db);
  const now = () => new Date().toISOString();
  const { monitors, alerts, scheduler } = monitored(db, definition, bus);
  const notifier = localNotifier({
    directory,
    environment: options.environment ?? {},
    rules: definition.pipeline.alerts,
    memory: alerts,
    now,
    onPage: options.onPage,
  });
  const { server, warehouse } = await openWarehouse(options);
  const runs = sqliteRunStore(db);
  const evidence = evidenceKeeper(directory);
  const definitionNow = () => definition;
  const people = { warehouse, now, evidence: evidence.store, scheduler, definitionNow };
  const busServer = await openBusServer(bus, runs, people);
  const pipelineOf = pinnedPipelines(runs);
  const jobs = await childProcessRunner({
    db,
    bus,
    directory,
    command: jobCommand,
    definitionFile: definitionFiles(runs, directory),
    environment: {
      PHASEGATE_PROJECT: PROJECT,
      PHASEGATE_API: busServer.url,
      BIGQUERY_EMULATOR_HOST: server.url,
      METADATA_SERVER_DETECTION: 'none',
    },
  });
  const world: World = {
    runs,
    bus,
    warehouse,
    jobs,
    notifier,
    evidence,
    pipelineOf,
    now,
    version: codeVersion(),
  };
  bus.onDeath(({ id, topic, reason }) => {
    // What another channel than the console refuses is told there, and needs no second message.
    notifier.tell(deathAlert(topic, id, reason)).catch(() => undefined);
  });
  bus.takeOver();
  for (const { table, launch } of await runs.locks())
    if (table === STARTS) await runs.unlock(table, launch);
  const monitoring: Monitoring = {
    ...world,
    monitors,
    alerts,
    testMs: TEST_MS,
    files: folderAges(directory),
    dead: deadPiles(() => bus.deadLetters()),
    crons: cronerCrons,
    scheduler,
    alsoExpected: [],
    definitionNow,
    requestHash,
  };
  const handlers = {
    ...handlersOf(world, definitionNow),
    'phasegate-monitor-due': monitorHandler(monitoring),
  };
  for (const topic of TOPICS) bus.subscribe(topic, handlers[topic]);
  const watch = newWatch();
  const stopReconciling = repeat(() => reconcile(world, watch), RECONCILE_MS);
  const stopCalling = repeat(() => scheduler.tick(), RECONCILE_MS);
  const stopListening = repeat(() => tellSilence(monitoring, notifier), LISTEN_MS, LISTEN_MS);
  const owner = {
    pid: process.pid,
    busUrl: busServer.url,
    warehouseUrl: server.url,
    definition: definition.hash,
  };
  writeOwner(directory, owner);
  return {
    runs,
    bus,
    warehouse,
    evidence,
    monitors,
    alerts,
    scheduler,
    files: folderAges(directory),
    dead: deadPiles(() => bus.deadLetters()),
    isOwner: true,
    owner,
    isServed: () => true,
    deadLetters: () => bus.deadLetters(),
    async close() {
      await Promise.all([stopReconciling(), stopCalling(), stopListening()]);
      await bus.close();
      await jobs.close();
      await busServer.close();
      await server.close();
      removeOwner(directory);
      db.close();
    },
  };
}

function monitored(db: DatabaseSync, { pipeline }: Definition, bus: Bus) {
  const now = () => new Date().toISOString();
  return {
    monitors: sqliteMonitorStore(db),
    alerts: sqliteAlertMemory(db),
    scheduler: localScheduler(db, pipeline, { bus, crons: cronerCrons, now }),
  };
}
