import type { TableName } from '../core/ids.ts';
import { RUN_HISTORY, VALIDATION_RUNS } from '../core/system-tables.ts';
import { quoteTable } from './quote.ts';

type Param = Readonly<{ type: 'DATE' | 'STRING'; value: string }>;

const EVER = { from: '2000-01-01', to: '2099-12-31' } as const;

/** So many launches of a table, and gates of a table or phase, are looked back at. */
export const LAST = 20;

/**
 * The last launches that ended well (`what` is `launch`) and the last gates of runs that judged (`gate`), one row each:
 * `name` of the table or the phase, `days` written or judged, when it `began` and `ended`, and the bytes that a gate was billed for.
 */
export function pastWorkQuery(
  pipeline: string,
  tables: readonly TableName[],
): Readonly<{ sql: string; params: Readonly<Record<string, Param>> }> {
  const names = tables.map((value, index) => [`table${index}`, value] as const);
  const among = names.map(([name]) => `@${name}`).join(', ');
  return {
    sql: `${launches(among)}\nUNION ALL\n${gates()}`,
    params: {
      ever_from: { type: 'DATE', value: EVER.from },
      ever_to: { type: 'DATE', value: EVER.to },
      pipeline: { type: 'STRING', value: pipeline },
      ...Object.fromEntries(
        names.map(([name, value]) => [name, { type: 'STRING', value } as const]),
      ),
    },
  };
}

/** A launch says `running` of all its days when it begins, and `success` of each that it has written. */
function launches(among: string): string {
  return [
    "SELECT 'launch' AS what, table_name AS name, days, began, ended, CAST(NULL AS FLOAT64) AS bytes",
    'FROM (',
    '  SELECT table_name, launch, CAST(COUNT(DISTINCT data_date) AS FLOAT64) AS days,',
    "    MIN(CASE WHEN status = 'running' THEN recorded_at END) AS began,",
    '    MAX(recorded_at) AS ended,',
    "    COUNT(DISTINCT CASE WHEN status = 'success' THEN data_date END) AS written",
    `  FROM ${quoteTable(RUN_HISTORY.name)}`,
    `  WHERE data_date BETWEEN @ever_from AND @ever_to AND table_name IN (${among})`,
    '  GROUP BY table_name, launch',
    ') AS launches',
    'WHERE began IS NOT NULL AND written = days',
    `QUALIFY ROW_NUMBER() OVER (PARTITION BY table_name ORDER BY ended DESC, launch) <= ${LAST}`,
  ].join('\n');
}

function gates(): string {
  const name = 'COALESCE(table_name, phase)';
  return [
    `SELECT 'gate' AS what, ${name} AS name,`,
    '  CAST(DATE_DIFF(range_to, range_from, DAY) + 1 AS FLOAT64) AS days,',
    '  started_at AS began, ended_at AS ended, CAST(bytes_billed AS FLOAT64) AS bytes',
    `FROM ${quoteTable(VALIDATION_RUNS.name)}`,
    'WHERE judged_on BETWEEN @ever_from AND @ever_to AND pipeline = @pipeline',
    `  AND run IS NOT NULL AND message IS NULL AND ${name} IS NOT NULL`,
    `QUALIFY ROW_NUMBER() OVER (PARTITION BY ${name} ORDER BY started_at DESC, evidence) <= ${LAST}`,
  ].join('\n');
}
