import { type DaySpan, daySetOf } from '../core/day-set.ts';
import type { Day } from '../core/days.ts';
import { launchId, type RunId, type TableName } from '../core/ids.ts';
import type { RunState } from '../core/run.ts';
import type { TableState } from '../core/table-state.ts';
import type { DaysTold } from '../core/view/progress.ts';
import { type Pace, paceOfPast } from '../core/view/progress-pace.ts';
import type { Row, Warehouse } from '../ports/warehouse.ts';
import { launchesOfOtherRuns, toldByLaunch } from '../sql/run-history-queries.ts';

/** A pace rests on the newest launches of a table, of so many at most. */
const LAUNCHES = 9;

/** As much of a run's state as says which launches run. */
export type Running = Pick<RunState, 'run' | 'calendar'> &
  Readonly<{
    request: DaySpan;
    tables: Readonly<Record<TableName, Pick<TableState, 'tag' | 'attempt'>>>;
  }>;

/**
 * What running launches have told of their days. A job that tells nothing of its days is left out.
 *
 * @throws PhasegateError as the warehouse does
 */
export async function readToldDays(
  warehouse: Pick<Warehouse, 'query'>,
  { run, tables, calendar, request }: Running,
): Promise<ReadonlyMap<TableName, DaysTold>> {
  const running = Object.entries(tables).filter(([, { tag }]) => tag === 'running');
  const days = calendar.seasons.flatMap((season) => season.days);
  const from = days[0]?.from ?? request.from;
  const to = days.at(-1)?.to ?? request.to;
  const found = await Promise.all(
    running.map(async ([name, { attempt }]) => {
      const table = name as TableName;
      const asked = toldByLaunch(launchId(run, table, attempt), from, to);
      return [table, toldOf(attempt, (await warehouse.query(asked)).rows)] as const;
    }),
  );
  return new Map(found.flatMap(([table, told]) => (told === null ? [] : [[table, told] as const])));
}

/** The rows of one launch, oldest first; null without any. */
function toldOf(attempt: number, rows: readonly Row[]): DaysTold | null {
  const [first] = rows;
  if (first === undefined) return null;
  const of = (status: string) => rows.filter((row) => row.status === status);
  const daysOf = (some: readonly Row[]) => daySetOf(some.map((row) => row.data_date as Day));
  const strides = Map.groupBy(of('success'), (row) => String(row.recorded_at));
  return {
    attempt,
    began: String(first.recorded_at),
    written: daysOf(of('success')),
    failed: daysOf(of('failed')),
    strides: [...strides].map(([at, told]) => ({ at, days: told.length })),
  };
}

/**
 * The pace of each table in its newest launches of other runs.
 *
 * @throws PhasegateError as the warehouse does
 */
export async function readPastPaces(
  warehouse: Pick<Warehouse, 'query'>,
  run: RunId,
): Promise<ReadonlyMap<TableName, Pace>> {
  const { rows } = await warehouse.query(launchesOfOtherRuns(run));
  const byTable = Map.groupBy(
    rows.filter((row) => Number(row.days) > 0),
    (row) => row.table_name as TableName,
  );
  return new Map(
    [...byTable].flatMap(([table, launches]) => {
      const pace = paceOfPast(launches.slice(0, LAUNCHES).map(msPerDay));
      return pace === null ? [] : [[table, pace] as const];
    }),
  );
}

function msPerDay({ began, ended, days }: Row): number {
  return (Date.parse(String(ended)) - Date.parse(String(began))) / Number(days);
}
