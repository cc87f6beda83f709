import type { DaySpan } from '../core/day-set.ts';
import type { TableName } from '../core/ids.ts';
import { METRICS, PROFILES, RUN_HISTORY } from '../core/system-tables.ts';
import { quoteTable } from './quote.ts';

type KeptParam = Readonly<{ type: 'DATE' | 'STRING'; value: string }>;

/**
 * All that is kept of these tables, as one statement. Each row says `what` it is: a `state` read of a
 * day (`name` its change token), the last word of a `launch` on a day, or the last number published
 * under a `metric`.
 *
 * @param days the days of states and launches
 * @param asked metrics are those of launches that wrote some of these days
 * @param published the days on which metrics were recorded
 */
export function keptQuery(
  tables: readonly TableName[],
  days: DaySpan,
  asked: DaySpan,
  published: DaySpan,
): Readonly<{ sql: string; params: Readonly<Record<string, KeptParam>> }> {
  const names = tables.map((value, index) => [`table${index}`, value] as const);
  const among = `table_name IN (${names.map(([name]) => `@${name}`).join(', ')})`;
  return {
    sql: [statesOf(among), launchesOf(among), metricsOf(among)].join('\nUNION ALL\n'),
    params: {
      from0: { type: 'DATE', value: days.from },
      to0: { type: 'DATE', value: days.to },
      asked_from: { type: 'DATE', value: asked.from },
      asked_to: { type: 'DATE', value: asked.to },
      published_from: { type: 'DATE', value: published.from },
      published_to: { type: 'DATE', value: published.to },
      ...Object.fromEntries(
        names.map(([name, value]) => [name, { type: 'STRING', value } as const]),
      ),
    },
  };
}

/** The last word of each launch on each day of these tables, as a `launch` of `keptQuery`. */
export function launchesQuery(
  tables: readonly TableName[],
  days: DaySpan,
): Readonly<{ sql: string; params: Readonly<Record<string, KeptParam>> }> {
  const names = tables.map((value, index) => [`table${index}`, value] as const);
  return {
    sql: launchesOf(`table_name IN (${names.map(([name]) => `@${name}`).join(', ')})`),
    params: {
      from0: { type: 'DATE', value: days.from },
      to0: { type: 'DATE', value: days.to },
      ...Object.fromEntries(
        names.map(([name, value]) => [name, { type: 'STRING', value } as const]),
      ),
    },
  };
}

const NO_NUMBER = 'CAST(NULL AS FLOAT64)';
const NO_INSTANT = 'CAST(NULL AS TIMESTAMP)';

/** Every set of items of a day as it was last read. */
function statesOf(among: string): string {
  return [
    `SELECT 'state' AS what, table_name, day, token AS name, CAST(NULL AS STRING) AS status,`,
    `  state AS body, ${NO_NUMBER} AS amount, ${NO_NUMBER} AS previous,`,
    `  ${NO_INSTANT} AS started_at, ${NO_INSTANT} AS read_at, read_at AS said_at`,
    `FROM ${quoteTable(PROFILES.name)}`,
    `WHERE day BETWEEN @from0 AND @to0 AND ${among}`,
    'QUALIFY ROW_NUMBER() OVER (',
    '  PARTITION BY table_name, day, items ORDER BY read_at DESC, token DESC',
    ') = 1',
  ].join('\n');
}

/** Rows of one launch are folded: how it ended outweighs that it began. */
function launchesOf(among: string): string {
  const launch = 'PARTITION BY table_name, data_date, launch';
  return [
    "SELECT 'launch' AS what, table_name, data_date AS day, launch AS name, status,",
    `  message AS body, CAST(records_processed AS FLOAT64) AS amount, ${NO_NUMBER} AS previous,`,
    `  MIN(recorded_at) OVER (${launch}) AS started_at,`,
    `  MAX(read_at) OVER (${launch}) AS read_at, recorded_at AS said_at`,
    `FROM ${quoteTable(RUN_HISTORY.name)}`,
    `WHERE data_date BETWEEN @from0 AND @to0 AND ${among}`,
    'QUALIFY ROW_NUMBER() OVER (',
    `  ${launch} ORDER BY CASE WHEN status = 'running' THEN 1 ELSE 0 END, recorded_at DESC`,
    ') = 1',
  ].join('\n');
}

/** The last launch into the days tells each metric, and the one before it tells what it was. */
function metricsOf(among: string): string {
  const isAsked = 'data_to >= @asked_from AND data_from <= @asked_to';
  const all = 'PARTITION BY table_name, metric ORDER BY recorded_at, launch';
  return [
    "SELECT 'metric' AS what, table_name, data_to AS day, metric AS name, launch AS status,",
    '  CAST(NULL AS STRING) AS body, value AS amount,',
    `  LAG(value) OVER (${all}) AS previous,`,
    `  ${NO_INSTANT} AS started_at, ${NO_INSTANT} AS read_at, recorded_at AS said_at`,
    `FROM ${quoteTable(METRICS.name)}`,
    `WHERE recorded_on BETWEEN @published_from AND @published_to AND ${among}`,
    `QUALIFY ${isAsked} AND ROW_NUMBER() OVER (`,
    `  PARTITION BY table_name, metric, CASE WHEN ${isAsked} THEN 1 ELSE 0 END`,
    '  ORDER BY recorded_at DESC, launch DESC',
    ') = 1',
  ].join('\n');
}
