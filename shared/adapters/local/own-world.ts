import type { DatabaseSync } from 'node:sqlite';
import { deathAlert } from '../../core/death.ts';
import { readLineageTarget } from '../../edge/lineage-target.ts';
import { requestHash } from '../../edge/request-hash.ts';
import { TOPICS } from '../../ports/bus.ts';
import type { Monitoring } from '../../ports/monitoring.ts';
import type { World } from '../../ports/world.ts';
import { readStanding } from '../../shell/read-standing.ts';
import { newWatch, reconcile } from '../../shell/reconcile.ts';
import { STARTS } from '../../shell/set-going.ts';
import { codeVersion } from '../code-version.ts';
import { cronerCrons } from '../croner-crons.ts';
import { handlersOf } from '../handlers.ts';
import { keptEvidence } from '../lineage/kept-evidence.ts';
import { lineagePlace } from '../lineage/lineage-place.ts';
import { lineageTeller } from '../lineage/lineage-teller.ts';
import { monitorHandler } from '../monitor-handler.ts';
import { pinnedPipelines } from '../pinned-pipelines.ts';
import { openBusServer } from './bus-server.ts';
import { childProcessRunner } from './child-process-runner.ts';
import { deadPiles } from './dead-piles.ts';
import { definitionFiles } from './definition-files.ts';
import { evidenceKeeper } from './evidence-keeper.ts';
import { folderAges } from './folder-ages.ts';
import { localBus } from './local-bus.ts';
import { localMetrics } from './local-metrics.ts';
import { localNotifier } from './local-notifier.ts';
import type { LocalWorld, LocalWorldOptions } from './local-world.ts';
import { removeOwner, writeOwner } from './owner-file.ts';
import { repeat } from './repeat.ts';
import { sqliteRunStore } from './sqlite-run-store.ts';
import { tellSilence } from './tell-silence.ts';
import { monitored, openWarehouse, PROJECT } from './world-parts.ts';

const RECONCILE_MS = 1000;
const LISTEN_MS = 60_000;
/** A message that is delivered again for longer dies. */
const TEST_MS = 30_000;

/** Owns the files, and carries runs, messages, monitors and executions on. */
export async function ownWorld(options: LocalWorldOptions, db: DatabaseSync): Promise<LocalWorld> {
  const { directory, definition, jobCommand } = options;
  const bus = localBus(db);
  const now = () => new Date().toISOString();
  const { monitors, alerts, scheduler } = monitored(db, definition, bus);
  let pageAddress: string | null = null;
  const notifier = localNotifier({
    directory,
    environment: options.environment ?? {},
    rules: definition.pipeline.alerts,
    memory: alerts,
    now,
    onPage: options.onPage,
    page: () => pageAddress,
  });
  const { server, warehouse } = await openWarehouse(options);
  const runs = sqliteRunStore(db);
  const evidence = evidenceKeeper(directory);
  const definitionNow = () => definition;
  const pipelineOf = pinnedPipelines(runs);
  const target = readLineageTarget(options.environment ?? {}, 'phasegate');
  const lineage = lineagePlace(target, PROJECT);
  const teller = lineageTeller({
    place: lineage,
    target,
    pipelineOf,
    evidenceOf: keptEvidence(evidence.store),
    note: (message, run) => options.onPage(`${run}: ${message}`),
  });
  const metrics = localMetrics(options);
  const people = { warehouse, now, evidence: evidence.store, scheduler, lineage, definitionNow };
  const { page } = options;
  const serving =
    page === undefined
      ? null
      : {
          port: page.port,
          pages: { ...people, runs, pipelineOf, monitors, crons: cronerCrons, world: page.world },
        };
  const busServer = await openBusServer(bus, runs, people, serving);
  if (serving !== null) pageAddress = busServer.url;
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
    onFolded(steps) {
      teller?.onFolded(steps);
      metrics?.onFolded(steps);
    },
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
  const sendFigures = async () => {
    if (metrics !== null) await metrics.send(await readStanding(monitoring, metrics.unread));
  };
  const stopSending = repeat(sendFigures, LISTEN_MS, LISTEN_MS);
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
      await Promise.all([stopReconciling(), stopCalling(), stopListening(), stopSending()]);
      await bus.close();
      await jobs.close();
      await Promise.all([teller?.settled(), sendFigures()]);
      await busServer.close();
      await server.close();
      removeOwner(directory);
      db.close();
    },
  };
}
