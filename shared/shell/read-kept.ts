import type { DaySet, DaySpan } from '../core/day-set.ts';
import { addDays, type Day } from '../core/days.ts';
import type { TableName } from '../core/ids.ts';
import type { PublishedMetric } from '../core/published-metric.ts';
import type { Row } from '../ports/warehouse.ts';
import { keptQuery } from '../sql/kept-query.ts';
import { type History, historyOf } from './read-history.ts';
import type { Reader } from './reader.ts';
import { type StoredState, storedStateOf } from './stored-state.ts';

/** What earlier gates and jobs left in the dataset `phasegate`. */
export type Kept = Readonly<{
  state: StoredState;
  history: History;
  metrics: ReadonlyMap<TableName, readonly PublishedMetric[]>;
}>;

/** A metric's launch is looked for from so long before the first day of the range: a season and a summer. */
const LOOK_BACK_DAYS = 400;

/**
 * Everything kept of these relations on these days, in one statement.
 *
 * @param days of states and of run history
 * @param asked the judged range
 * @param version of what is kept: as long as it is the same, the same job answers
 */
export async function readKept(
  reader: Reader,
  tables: readonly TableName[],
  days: DaySet,
  asked: DaySpan,
  now: string,
  version: string,
): Promise<Kept> {
  const from = days[0]?.from;
  const to = days.at(-1)?.to;
  if (from === undefined || to === undefined || tables.length === 0) {
    return { state: storedStateOf([]), history: new Map(), metrics: new Map() };
  }
  const tomorrow = addDays(now.slice(0, 10) as Day, 1);
  const published = { from: addDays(asked.from, -LOOK_BACK_DAYS), to: tomorrow };
  const rows = await reader.query(
    'kept',
    keptQuery(tables, { from, to }, asked, published),
    version,
  );
  const of = (what: string) => rows.filter((row) => row.what === what);
  return {
    state: storedStateOf(of('state')),
    history: historyOf(of('launch')),
    metrics: metricsOf(of('metric')),
  };
}

function metricsOf(rows: readonly Row[]): Kept['metrics'] {
  const byTable = Map.groupBy(rows, (row) => row.table_name as TableName);
  return new Map([...byTable].map(([table, own]) => [table, own.map(asMetric)]));
}

function asMetric(row: Row): PublishedMetric {
  return {
    metric: String(row.name),
    value: Number(row.amount),
    launch: String(row.status),
    publishedAt: String(row.said_at),
    previous: row.previous === null ? null : Number(row.previous),
  };
}
