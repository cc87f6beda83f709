import { daySetOf } from '../../shared/core/day-set.ts';
import { launchId, parseRunId } from '../../shared/core/ids.ts';
import type { Monitor, Subject } from '../../shared/core/monitor/monitor.ts';
import { type MonitorState, NEVER_OBSERVED } from '../../shared/core/monitor/monitor-state.ts';
import { type Pipeline, tablesOf } from '../../shared/core/pipeline.ts';
import { publishedTables } from '../../shared/core/published.ts';
import { type Relation, relationNamed } from '../../shared/core/relation.ts';
import type { Monitoring } from '../../shared/ports/monitoring.ts';
import type { Warehouse } from '../../shared/ports/warehouse.ts';
import { assess } from '../../shared/shell/assess.ts';
import { bytesOfJob } from '../../shared/shell/bytes-of-job.ts';
import { doctorWarehouse } from '../../shared/shell/doctor/doctor-warehouse.ts';
import { loadSource } from '../../shared/shell/load-source.ts';
import type { Asked } from '../../shared/shell/observe.ts';
import { readSpent } from '../../shared/shell/observe-cost.ts';
import { observeFiles } from '../../shared/shell/observe-files.ts';
import { observeWrites } from '../../shared/shell/observe-writes.ts';
import { predictJobBytes } from '../../shared/shell/predict-job-bytes.ts';
import { readPastWork } from '../../shared/shell/read-past-work.ts';
import { readPendingGames } from '../../shared/shell/read-pending-games.ts';
import { readReadiness } from '../../shared/shell/read-readiness.ts';
import { readPastPaces, readToldDays } from '../../shared/shell/read-told-days.ts';
import { readerOf } from '../../shared/shell/reader.ts';
import { remainingDays } from '../../shared/shell/remaining-days.ts';
import { runJob } from '../../shared/shell/run-job.ts';
import { sampleRows } from '../../shared/shell/sample-rows.ts';
import {
  changePublished,
  ensureVerifiedViews,
  visibleRows,
} from '../../shared/shell/verified-views.ts';
import { selectTablesOf } from '../core/build.ts';
import { monitorOf } from '../shell/monitoring-world.ts';
import { emptyRunReport } from './empty-run.ts';
import { daysOf } from './holdings.ts';

/** One of our functions over a pipeline, and what it does. */
export type Ask = readonly [what: string, ask: (warehouse: Warehouse) => Promise<unknown>];

const NOW = '2026-01-03T04:00:00.000Z';

/** Our functions, called so that each hands over every statement it can. */
export function asksOf(pipeline: Pipeline): readonly Ask[] {
  const days = daysOf(pipeline);
  const [from, to] = [days[0]!, days.at(-1)!];
  const range = daySetOf(days);
  const run = parseRunId(`${pipeline.name}-20220101-20220131-0a1b2c3d`);
  const sources = pipeline.sources.flatMap((source): Ask[] => {
    const { load } = source;
    if (load === null) return [];
    const header = load.columns.map(({ name }) => name);
    const file = { path: `${load.file}.csv`, format: 'csv', header } as const;
    return [
      [`load ${source.name}`, (warehouse) => loadSource(warehouse, source, load, file, 'load-1')],
    ];
  });
  const tables = selectTablesOf(pipeline).flatMap((table): Ask[] => {
    const launch = launchId(run, table.name, 2);
    const job = { run, launch, table, days: range };
    const again = { run, table: table.name, attempt: 2, firstAttempt: 1, launch, days: range };
    return [
      [
        `write ${table.name}`,
        (warehouse) =>
          runJob(
            warehouse,
            job,
            () => NOW,
            () => undefined,
          ),
      ],
      [`relaunch ${table.name}`, (warehouse) => remainingDays(warehouse, again)],
      [`price ${table.name}`, (warehouse) => bytesOfJob(warehouse, table, range)],
    ];
  });
  const judged = judgedRelations(pipeline).map((relation): Ask => {
    const request = { id: 'gate', relations: [relation], from, to };
    return [`judge ${relation.name}`, (warehouse) => assess(warehouse, pipeline, request, NOW)];
  });
  const sampled = judgedRelations(pipeline).map((relation): Ask => {
    const request = { id: 'gate', relations: [relation], from, to };
    return [
      `sample ${relation.name}`,
      async (warehouse) => {
        const { tables: assessed } = await assess(warehouse, pipeline, request, NOW);
        const failing = assessed.map(({ facts, judgement }) => ({
          facts,
          judgement: {
            ...judgement,
            checks: judgement.checks.map((each) => ({
              ...each,
              verdict: 'FAIL' as const,
              days: range,
            })),
          },
        }));
        const options = { id: 'gate', labels: {}, maximumBytes: 2 ** 40 };
        await sampleRows(readerOf(warehouse, options), failing);
      },
    ];
  });
  const calendar = { seasons: [] };
  const views = publishedTables(pipeline).flatMap((table): Ask[] => [
    [
      `publish ${table.name}`,
      (warehouse) => changePublished(warehouse, table, calendar, () => range),
    ],
    [`look at ${table.name}`, (warehouse) => visibleRows(warehouse, table)],
  ]);
  return [
    ...sources,
    ...tables,
    ...judged,
    ...sampled,
    ...views,
    ['make the verified views', (warehouse) => ensureVerifiedViews(warehouse, pipeline)],
    [
      'look for games without an end',
      (warehouse) => readPendingGames(warehouse, pipeline, { id: 'look', relations: [], from, to }),
    ],
    ['hold the rows of days against what was written', look(pipeline, observeWrites, WRITES)],
    [
      'add up what was spent',
      (warehouse) => readSpent(warehouse, pipeline, { id: 'look', monitor: 'cost' }, to),
    ],
    [
      'look back at what launches and gates took',
      (warehouse) =>
        readPastWork(
          warehouse,
          pipeline,
          tablesOf(pipeline).map(({ name }) => name),
          'look',
        ),
    ],
    [
      'predict what jobs read',
      (warehouse) => {
        const plan = new Map(tablesOf(pipeline).map(({ name }) => [name, range]));
        const phases = pipeline.phases.map(({ name }) => name);
        const request = { pipeline: pipeline.name, from, to, phases, mode: 'all' } as const;
        const season = { season: 0, start: from, days: range, excluded: [] };
        return predictJobBytes(warehouse, pipeline, request, { seasons: [season] }, plan);
      },
    ],
    ['look for the files of game days', look(pipeline, observeFiles, FILES)],
    [
      'look how often phases were ready',
      (warehouse) => readReadiness(warehouse, pipeline, 'look', NOW),
    ],
    ['look at everything before a run', (warehouse) => doctorWarehouse(warehouse, pipeline, NOW)],
    [
      'look what running launches have told',
      (warehouse) =>
        readToldDays(warehouse, { run, calendar, request: { from, to }, tables: RUNNING }),
    ],
    ['look how long earlier launches took', (warehouse) => readPastPaces(warehouse, run)],
    ['report', (warehouse) => emptyRunReport(warehouse, pipeline, run, from, to)],
  ];
}

const RUNNING = { 'any.table': { tag: 'running', attempt: 1 } } as const;
const DAYS = { first: 400, last: 1 };
const WRITES = { what: 'writes', days: DAYS } as const;
const PLACE = { name: 'box', folder: 'gs://raw/box/', withinHours: 6 };
const FILES = { what: 'files', places: [PLACE] } as const;

type Observe<Judged> = (
  monitoring: Pick<Monitoring, 'warehouse' | 'files' | 'now' | 'definitionNow'>,
  monitor: Monitor,
  judges: Judged,
  state: MonitorState,
  asked: Asked,
) => Promise<unknown>;

/** One look of a monitor. */
function look<Judged extends Subject>(
  pipeline: Pipeline,
  observe: Observe<Judged>,
  judges: Judged,
): Ask[1] {
  const definitionNow = () => ({ pipeline, hash: 'h', text: '' });
  const files = { newest: async () => null };
  const asked = { id: 'look', due: NOW };
  return (warehouse) => {
    const monitoring = { warehouse, files, now: () => NOW, definitionNow };
    return observe(monitoring, monitorOf('look', judges), judges, NEVER_OBSERVED, asked);
  };
}

function judgedRelations(pipeline: Pipeline): readonly Relation[] {
  return [...pipeline.sources, ...tablesOf(pipeline)].flatMap(
    ({ name }) => relationNamed(pipeline, name) ?? [],
  );
}
