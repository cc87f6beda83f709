import type { DaySpan } from '../core/day-set.ts';
import type { TableName } from '../core/ids.ts';
import {
  METRICS,
  MONITOR_RESULTS,
  PROFILES,
  RUN_HISTORY,
  VALIDATION_RESULTS,
  VALIDATION_RUNS,
} from '../core/system-tables.ts';
import { EVER } from './ever.ts';
import { quoteTable } from './quote.ts';

type DateParam = Readonly<{ type: 'DATE'; value: string }>;

const NO_BYTES = 'CAST(0 AS FLOAT64) AS bytes';
const NO_MINUTES = 'CAST(0 AS FLOAT64) AS minutes';
const HAPPENED = 'BETWEEN @from0 AND @to0';

/**
 * What Phasegate itself did on each day (UTC), as its own tables tell: for each of them the load jobs that wrote it (`what`, `day`,
 * `loads`), with the bytes that gates were billed for (`bytes`) and the minutes that jobs took (`minutes`).
 */
export function spentQuery(
  days: DaySpan,
): Readonly<{ sql: string; params: Readonly<Record<string, DateParam>> }> {
  const once = (name: TableName, day: string, loads: string, bytes = NO_BYTES) =>
    [
      `SELECT '${name}' AS what, ${day} AS day, ${loads} AS loads, ${bytes}, ${NO_MINUTES}`,
      `FROM ${quoteTable(name)}`,
      `WHERE ${day} ${HAPPENED}`,
      `GROUP BY ${day}`,
    ].join('\n');
  const sql = [
    once(
      VALIDATION_RUNS.name,
      'judged_on',
      'COUNT(*)',
      'CAST(SUM(bytes_billed) AS FLOAT64) AS bytes',
    ),
    once(VALIDATION_RESULTS.name, 'judged_on', 'COUNT(DISTINCT evidence)'),
    once(MONITOR_RESULTS.name, 'due_on', 'COUNT(*)'),
    once(METRICS.name, 'recorded_on', 'COUNT(DISTINCT launch)'),
    ofProfiles(),
    ofLaunches(),
  ].join('\nUNION ALL\n');
  return {
    sql,
    params: {
      from0: { type: 'DATE', value: days.from },
      to0: { type: 'DATE', value: days.to },
      ever_from: { type: 'DATE', value: EVER.from },
      ever_to: { type: 'DATE', value: EVER.to },
    },
  };
}

/** What one look read is kept by one load job. */
function ofProfiles(): string {
  return [
    `SELECT '${PROFILES.name}' AS what, DATE(read_at) AS day, COUNT(DISTINCT read_at) AS loads,`,
    `  ${NO_BYTES}, ${NO_MINUTES}`,
    `FROM ${quoteTable(PROFILES.name)}`,
    `WHERE day BETWEEN @ever_from AND @ever_to AND DATE(read_at) ${HAPPENED}`,
    'GROUP BY DATE(read_at)',
  ].join('\n');
}

/** A launch counts on the day on which it began. */
function ofLaunches(): string {
  return [
    `SELECT '${RUN_HISTORY.name}' AS what, DATE(began) AS day, SUM(loads) AS loads, ${NO_BYTES},`,
    '  SUM(TIMESTAMP_DIFF(ended, began, SECOND)) / 60 AS minutes',
    'FROM (',
    '  SELECT launch, MIN(recorded_at) AS began, MAX(recorded_at) AS ended,',
    '    COUNT(DISTINCT CONCAT(status, CAST(UNIX_MILLIS(recorded_at) AS STRING))) AS loads',
    `  FROM ${quoteTable(RUN_HISTORY.name)}`,
    '  WHERE data_date BETWEEN @ever_from AND @ever_to',
    '  GROUP BY launch',
    ') AS launches',
    `WHERE DATE(began) ${HAPPENED}`,
    'GROUP BY DATE(began)',
  ].join('\n');
}
