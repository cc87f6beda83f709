import { type DaySet, daySetOf, subtract } from '../core/day-set.ts';
import type { Day } from '../core/days.ts';
import type { LaunchRequestedMessage } from '../core/messages.ts';
import { RUN_HISTORY } from '../core/system-tables.ts';
import type { Warehouse } from '../ports/warehouse.ts';
import { quoteTable } from '../sql/quote.ts';

/** The days asked for, less those that earlier attempts of the same work say they have written. */
export async function remainingDays(
  warehouse: Warehouse,
  { run, table, attempt, firstAttempt, days }: LaunchRequestedMessage,
): Promise<DaySet> {
  const from = days[0]?.from;
  const to = days.at(-1)?.to;
  if (attempt === firstAttempt || from === undefined || to === undefined) return days;
  const { rows } = await warehouse.query({
    sql: [
      'SELECT DISTINCT data_date, launch',
      `FROM ${quoteTable(RUN_HISTORY.name)}`,
      "WHERE data_date BETWEEN @from0 AND @to0 AND run = @run AND table_name = @table AND status = 'success'",
    ].join('\n'),
    params: {
      from0: { type: 'DATE', value: from },
      to0: { type: 'DATE', value: to },
      run: { type: 'STRING', value: run },
      table: { type: 'STRING', value: table },
    },
  });
  const written = rows
    .filter((row) => attemptOf(String(row.launch)) >= firstAttempt)
    .map((row) => row.data_date as Day);
  return subtract(days, daySetOf(written));
}

function attemptOf(launch: string): number {
  return Number(launch.slice(launch.lastIndexOf('.') + 1));
}
