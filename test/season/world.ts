import { mkdirSync, mkdtempSync, rmSync, utimesSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { cronerCrons } from '../../shared/adapters/croner-crons.ts';
import { bigQueryWarehouse } from '../../shared/adapters/gcp/bigquery-warehouse.ts';
import { handlersOf } from '../../shared/adapters/handlers.ts';
import { openBigQueryServer } from '../../shared/adapters/local/bigquery/server.ts';
import { deadPiles } from '../../shared/adapters/local/dead-piles.ts';
import { evidenceKeeper } from '../../shared/adapters/local/evidence-keeper.ts';
import { folderAges } from '../../shared/adapters/local/folder-ages.ts';
import { localScheduler } from '../../shared/adapters/local/local-scheduler.ts';
import { sqliteAlertMemory } from '../../shared/adapters/local/sqlite-alert-memory.ts';
import { openStateFile } from '../../shared/adapters/local/sqlite-file.ts';
import { sqliteMonitorStore } from '../../shared/adapters/local/sqlite-monitor-store.ts';
import { sqliteRunStore } from '../../shared/adapters/local/sqlite-run-store.ts';
import { tellSilence } from '../../shared/adapters/local/tell-silence.ts';
import { monitorHandler } from '../../shared/adapters/monitor-handler.ts';
import type { DeadLetter } from '../../shared/core/dead-letter.ts';
import type { AlertMessage } from '../../shared/core/messages.ts';
import { monitorTrigger } from '../../shared/core/monitor/expected-triggers.ts';
import { MONITOR_RESULTS, SYSTEM_TABLES } from '../../shared/core/system-tables.ts';
import { TOPICS } from '../../shared/ports/bus.ts';
import type { Monitoring } from '../../shared/ports/monitoring.ts';
import type { World } from '../../shared/ports/world.ts';
import { ensureTables } from '../../shared/shell/ensure-tables.ts';
import { newWatch, reconcile } from '../../shared/shell/reconcile.ts';
import { openAgenda } from './agenda.ts';
import { agendaBus } from './agenda-bus.ts';
import { agendaJobs } from './agenda-jobs.ts';
import { seasonDefinition } from './definition.ts';
import { type LeagueSize, openFeed } from './feed.ts';
import { lateAppends } from './late-appends.ts';
import { outages } from './outages.ts';
import { openPeople } from './people.ts';
import { openScraper } from './scraper.ts';

const RECONCILE_MS = 60_000;
/** Where the NBA pipeline looks for the gamebooks of a day, in a local world. */
const GAMEBOOKS = 'buckets/nba-scraped-data/nba-com/gamebooks-data';
const LISTEN_MS = 3_600_000;

/** What people were told, and when. */
export type Told = Readonly<{ at: string; key: string; text: string; severity: string }>;

export type SeasonWorld = Awaited<ReturnType<typeof openSeasonWorld>>;

/**
 * The real stores, handlers, monitors and warehouse on a virtual clock, over a generated league. Only what is outside is
 * played: the feed, the people, the hours.
 */
export async function openSeasonWorld(size: LeagueSize) {
  const directory = mkdtempSync(join(tmpdir(), 'phasegate-season-'));
  const server = await openBigQueryServer({ file: ':memory:' });
  const direct = bigQueryWarehouse({ projectId: 'local', apiEndpoint: server.url });
  const { warehouse, flush } = lateAppends(direct, MONITOR_RESULTS.name);
  const feed = await openFeed(warehouse, directory, size);
  const definition = seasonDefinition(feed.seasonYear, size.start);
  const { pipeline } = definition;
  await ensureTables(warehouse, pipeline, SYSTEM_TABLES);
  const agenda = openAgenda(`${feed.firstDay}T00:00:00.000Z`);
  const told: Told[] = [];
  const keys = new Set<string>();
  const hear = ({ key, text, severity = 'error', isTest = false }: AlertMessage) => {
    if (isTest || keys.has(key)) return;
    keys.add(key);
    told.push({ at: agenda.now(), key, text, severity });
  };
  const letters: DeadLetter[] = [];
  const bus = agendaBus(agenda, (topic, reason) => {
    letters.push({
      id: `d${letters.length}`,
      topic,
      data: '',
      reason,
      diedAt: agenda.now(),
      deaths: 1,
    });
    hear({ run: null, key: `dead/${topic}/${reason}`, text: reason });
  });
  const db = openStateFile(':memory:');
  const outage = outages(agenda.now);
  const runs = outage.around(sqliteRunStore(db));
  const monitors = outage.around(sqliteMonitorStore(db));
  const { now } = agenda;
  const jobs = agendaJobs(agenda, bus, warehouse, pipeline);
  const alerts = sqliteAlertMemory(db);
  const people = await openPeople(alerts, now, hear);
  const { notifier } = people;
  const world: World = {
    runs,
    bus,
    warehouse,
    jobs,
    notifier,
    evidence: evidenceKeeper(directory),
    pipelineOf: async () => pipeline,
    now,
  };
  const timers = localScheduler(db, pipeline, { bus, crons: cronerCrons, now });
  const page = outage.console(timers);
  const scheduler = { ...timers, list: page.list };
  const monitoring: Monitoring = {
    ...world,
    monitors,
    crons: cronerCrons,
    scheduler,
    alsoExpected: [],
    definitionNow: () => definition,
    alerts,
    testMs: 30_000,
    files: folderAges(directory),
    dead: deadPiles(() => letters),
  };
  const handlers = {
    ...handlersOf(world, () => definition),
    'phasegate-monitor-due': monitorHandler(monitoring),
  };
  for (const topic of TOPICS) bus.subscribe(topic, handlers[topic]);

  const watch = newWatch();
  const again = (milliseconds: number, work: () => Promise<void>) => {
    const next = async () => {
      await work().catch(outage.isMeant);
      agenda.in(milliseconds, next);
    };
    agenda.in(milliseconds, next);
  };
  let isReconciling = false;
  /** Each minute while a run goes on. */
  const reconcileWhileNeeded = async () => {
    if (isReconciling || (await sqliteRunStore(db).unfinished()).length === 0) return;
    isReconciling = true;
    agenda.in(RECONCILE_MS, async () => {
      isReconciling = false;
      await reconcile(world, watch).catch(outage.isMeant);
      await reconcileWhileNeeded();
    });
  };
  const call = async () => {
    await scheduler.tick();
    const [next = null] = pipeline.monitors
      .flatMap((each) => cronerCrons.nextDue(each, now()) ?? [])
      .sort();
    if (next !== null) agenda.at(next, call);
  };
  agenda.in(0, call);
  again(24 * LISTEN_MS, flush);
  again(LISTEN_MS, () => tellSilence(monitoring, notifier));

  return {
    agenda,
    feed,
    pipeline,
    told,
    outage,
    people,
    page,
    /** Somebody takes away what died: it is too old to be sent again. */
    takeAwayDead() {
      letters.length = 0;
    },
    async askEveryMonitor() {
      for (const { name } of pipeline.monitors) await timers.run(monitorTrigger(name));
    },
    /** The file of a game day comes, whatever is in it. */
    gamebook(day: string) {
      const folder = join(directory, GAMEBOOKS, day);
      mkdirSync(folder, { recursive: true });
      const file = join(folder, 'games.pdf');
      writeFileSync(file, 'games');
      utimesSync(file, new Date(now()), new Date(now()));
    },
    jobs,
    runs,
    monitors,
    scraper: openScraper(warehouse, pipeline, { from: feed.firstDay, to: feed.lastDay }),
    /** For which times monitors looked: `MONITOR DUE`. */
    async looks(): Promise<ReadonlySet<string>> {
      await flush();
      const sql = `SELECT DISTINCT monitor, due_at FROM \`${MONITOR_RESULTS.name}\``;
      const { rows } = await direct.query({ sql, params: {} });
      return new Set(rows.map(({ monitor, due_at: due }) => `${monitor} ${due}`));
    },
    /** A start message as somebody publishes it. */
    async start(from: string, to: string, phases: readonly string[] = []) {
      const body = { pipeline: pipeline.name, from, to, phases, requestedBy: 'cron' };
      await bus.publish('phasegate-start', body);
      agenda.in(2000, reconcileWhileNeeded);
    },
    async close() {
      await people.close();
      await server.close();
      db.close();
      rmSync(directory, { recursive: true });
    },
  };
}
