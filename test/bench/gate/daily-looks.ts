import { copyFileSync, mkdtempSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { cronerCrons } from '../../../shared/adapters/croner-crons.ts';
import { bigQueryWarehouse } from '../../../shared/adapters/gcp/bigquery-warehouse.ts';
import { openBigQueryServer } from '../../../shared/adapters/local/bigquery/server.ts';
import { deadPiles } from '../../../shared/adapters/local/dead-piles.ts';
import { evidenceKeeper } from '../../../shared/adapters/local/evidence-keeper.ts';
import { folderAges } from '../../../shared/adapters/local/folder-ages.ts';
import { localScheduler } from '../../../shared/adapters/local/local-scheduler.ts';
import { sqliteAlertMemory } from '../../../shared/adapters/local/sqlite-alert-memory.ts';
import { openStateFile } from '../../../shared/adapters/local/sqlite-file.ts';
import { sqliteMonitorStore } from '../../../shared/adapters/local/sqlite-monitor-store.ts';
import { sqliteRunStore } from '../../../shared/adapters/local/sqlite-run-store.ts';
import { addDays, type Day } from '../../../shared/core/days.ts';
import type { Definition, Pipeline } from '../../../shared/core/pipeline.ts';
import { namesOf, promising, type Relation } from '../../../shared/core/relation.ts';
import { PROFILES } from '../../../shared/core/system-tables.ts';
import type { Monitoring } from '../../../shared/ports/monitoring.ts';
import { runMonitor } from '../../../shared/shell/run-monitor.ts';
import type { Figures } from '../figures.ts';
import { countedServer } from './counted-server.ts';
import { observedWarehouse } from './observed-warehouse.ts';
import { inPlainFile } from './plain-file.ts';

const MONITOR = 'daily';
const AT = 'T19:30:00.000Z';

export type DailyBench = Readonly<{
  /** A warehouse file that a run has filled; it stays as it is. */
  warehouseFile: string;
  directory: string;
  definition: Definition;
  from: Day;
  to: Day;
}>;

/**
 * The monitor `daily` on each day of the last season, nothing having been read before: query jobs of a look against two for
 * each table and source, one for each dataset's books, and one more; bytes of all looks against one full scan of each.
 *
 * @param nights at most so many, the last ones; null: the whole season, and only then the bytes have a bound
 */
export async function dailyLooks(
  bench: DailyBench,
  nights: number | null,
  figures: Figures,
): Promise<void> {
  const { pipeline } = bench.definition;
  const season = lastSeason(pipeline, bench);
  const first = nights === null ? season : laterOf(season, addDays(bench.to, 1 - nights));
  const directory = mkdtempSync(join(bench.directory, 'daily-'));
  const file = join(directory, 'warehouse.duckdb');
  copyFileSync(bench.warehouseFile, file);
  await inPlainFile(file, (connection) => connection.run('DELETE FROM phasegate.profiles'));
  const server = await openBigQueryServer({ file });
  const counted = await countedServer(server.url);
  try {
    const real = bigQueryWarehouse({ projectId: 'local', apiEndpoint: counted.url });
    const { warehouse, sent } = observedWarehouse(real);
    const clock = { now: '' };
    const monitoring = monitoringOf(bench, directory, warehouse, clock);
    const queries: number[] = [];
    const verdicts = new Map<string, number>();
    for (let day = first; day <= bench.to; day = addDays(day, 1)) {
      clock.now = `${addDays(day, 1)}${AT}`;
      const before = counted.queryJobs();
      await runMonitor(monitoring, `look-${day}`, { monitor: MONITOR, due: clock.now });
      queries.push(counted.queryJobs() - before);
      const { state } = await monitoring.monitors.load(MONITOR);
      const verdict = state.runs[0]?.verdict ?? 'none';
      verdicts.set(verdict, (verdicts.get(verdict) ?? 0) + 1);
    }
    const relations = promising(pipeline, namesOf(pipeline));
    const names: readonly string[] = relations.map(({ name }) => name);
    const bytesOf = (own: boolean) =>
      sent
        .filter(({ tables }) => tables.some((name) => names.includes(name)) === own)
        .reduce((sum, { bytesProcessed }) => sum + bytesProcessed, 0);
    const once = await fullScans(real, relations, addDays(first, -3), bench.to);
    const datasets = datasetsOf(pipeline, names);
    const said = [...verdicts].map(([verdict, looks]) => `${looks} ${verdict}`).join(', ');
    const sorted = queries.toSorted((a, b) => a - b);
    figures.add('daily look: queries, at most', sorted.at(-1) ?? 0, 'queries', {
      atMost: nights === null ? 2 * relations.length + datasets.size + 1 : null,
      note: `${queries.length} looks (${said}), median ${sorted[Math.floor(sorted.length / 2)]}; ${relations.length} tables and sources, ${datasets.size} datasets`,
    });
    figures.add(
      'daily looks of a season: bytes / one full scan of each table',
      bytesOf(true) / once,
      'x',
      {
        atMost: nights === null ? 1.1 : null,
        note: `${(bytesOf(true) / 1e6).toFixed(1)} MB of ${(once / 1e6).toFixed(1)} MB, and ${(bytesOf(false) / 1e6).toFixed(1)} MB of what is kept`,
      },
    );
  } finally {
    await counted.close();
    await server.close();
    rmSync(directory, { recursive: true, force: true });
  }
}

function monitoringOf(
  { definition }: DailyBench,
  directory: string,
  warehouse: Monitoring['warehouse'],
  clock: Readonly<{ now: string }>,
): Monitoring {
  const db = openStateFile(':memory:');
  const bus = { publish: async () => '1' };
  const now = () => clock.now;
  return {
    runs: sqliteRunStore(db),
    bus,
    warehouse,
    evidence: evidenceKeeper(directory),
    pipelineOf: async () => definition.pipeline,
    now,
    monitors: sqliteMonitorStore(db),
    crons: cronerCrons,
    files: folderAges(directory),
    dead: deadPiles(() => []),
    scheduler: localScheduler(db, definition.pipeline, { bus, crons: cronerCrons, now }),
    alsoExpected: [],
    definitionNow: () => definition,
    alerts: sqliteAlertMemory(db),
    testMs: 0,
  };
}

async function fullScans(
  { dryRun }: Monitoring['warehouse'],
  relations: readonly Relation[],
  from: Day,
  to: Day,
): Promise<number> {
  let bytes = 0;
  for (const { name, dayColumn } of relations) {
    const sql = `SELECT * FROM \`${name}\` WHERE \`${dayColumn}\` BETWEEN @from AND @to`;
    const params = {
      from: { type: 'DATE', value: from },
      to: { type: 'DATE', value: to },
    } as const;
    bytes += (await dryRun({ sql, params })).bytesProcessed;
  }
  return bytes;
}

/** Of the relations, of what they read, and of our own books. */
function datasetsOf(pipeline: Pipeline, names: readonly string[]): ReadonlySet<string> {
  const needed = pipeline.phases.flatMap(({ tables }) =>
    tables.flatMap(({ needs }) => needs.map(({ of }) => of)),
  );
  const all = [...names, ...needed, pipeline.calendar.schedule, PROFILES.name];
  return new Set(all.map((name) => name.slice(0, name.indexOf('.'))));
}

function lastSeason({ calendar }: Pipeline, { from, to }: Pick<DailyBench, 'from' | 'to'>): Day {
  const starts = calendar.seasonStarts.map(({ start }) => start).filter((start) => start <= to);
  return laterOf(starts.sort().at(-1) ?? from, from);
}

const laterOf = (a: Day, b: Day) => (a > b ? a : b);
