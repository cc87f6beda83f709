import type { DaySpan } from '../core/day-set.ts';
import { addDays, parseDay } from '../core/days.ts';
import type { ReportedCheck } from '../core/report.ts';
import type { Instant } from '../core/run.ts';
import { VALIDATION_RESULTS } from '../core/system-tables.ts';
import type { Verdict } from '../core/verdict.ts';
import type { Warehouse } from '../ports/warehouse.ts';
import { quoteTable } from '../sql/quote.ts';

type Former = NonNullable<ReportedCheck['former']>;

/** What is older than this is no gate before, but history. */
const DAYS_BACK = 400;

/**
 * What the last gate over exactly this range said of each check before `before`, by `TABLE CHECK`. Gates of other runs and by
 * hand count as well; over another range a number is another number.
 *
 * @throws PhasegateError as the warehouse does
 */
export async function formerChecks(
  warehouse: Pick<Warehouse, 'query'>,
  { from, to }: DaySpan,
  before: Instant,
): Promise<ReadonlyMap<string, Former>> {
  const on = parseDay(before.slice(0, 10));
  const { rows } = await warehouse.query({
    sql: [
      'SELECT table_name, check_id, verdict, observed',
      'FROM (',
      '  SELECT table_name, check_id, verdict, observed,',
      '    ROW_NUMBER() OVER (PARTITION BY table_name, check_id ORDER BY judged_at DESC) AS nth',
      `  FROM ${quoteTable(VALIDATION_RESULTS.name)}`,
      '  WHERE judged_on BETWEEN @on0 AND @on1 AND judged_at < @before',
      '    AND range_from = @from AND range_to = @to',
      ') AS earlier',
      'WHERE nth = 1',
    ].join('\n'),
    params: {
      on0: { type: 'DATE', value: addDays(on, -DAYS_BACK) },
      on1: { type: 'DATE', value: on },
      before: { type: 'TIMESTAMP', value: before },
      from: { type: 'DATE', value: from },
      to: { type: 'DATE', value: to },
    },
  });
  return new Map(
    rows.map((row) => [
      `${row.table_name} ${row.check_id}`,
      { verdict: row.verdict as Verdict, observed: String(row.observed ?? '') },
    ]),
  );
}
