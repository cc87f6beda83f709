import type { Day } from '../core/days.ts';
import type { TableName } from '../core/ids.ts';
import type { DayHistory } from '../core/judge/outcomes.ts';
import { RUN_HISTORY } from '../core/system-tables.ts';
import { quoteTable } from '../sql/quote.ts';
import type { Reader } from './reader.ts';

export type History = ReadonlyMap<TableName, ReadonlyMap<Day, DayHistory>>;

/**
 * The last launch's word on every (table, day) of the range. Rows of one launch are folded first: a
 * terminal status wins over `running`, so a marker left behind never hides how it ended.
 */
export async function readHistory(
  reader: Reader,
  from: Day,
  to: Day,
  version: string,
): Promise<History> {
  const statement = {
    sql: [
      'SELECT table_name, data_date, status,',
      '  MAX(read_at) OVER (PARTITION BY table_name, data_date) AS last_read_at',
      `FROM ${quoteTable(RUN_HISTORY.name)}`,
      'WHERE data_date BETWEEN @from0 AND @to0',
      'QUALIFY ROW_NUMBER() OVER (',
      '  PARTITION BY table_name, data_date',
      "  ORDER BY CASE WHEN status = 'running' THEN 1 ELSE 0 END, recorded_at DESC, launch DESC",
      ') = 1',
    ].join('\n'),
    params: {
      from0: { type: 'DATE', value: from },
      to0: { type: 'DATE', value: to },
    },
  } as const;
  const rows = await reader.query('history', statement, version);
  const history = new Map<TableName, Map<Day, DayHistory>>();
  for (const row of rows) {
    const table = row.table_name as TableName;
    const days = history.get(table) ?? new Map<Day, DayHistory>();
    days.set(row.data_date as Day, {
      status: row.status as DayHistory['status'],
      readAt: row.last_read_at === null ? null : String(row.last_read_at),
    });
    history.set(table, days);
  }
  return history;
}
