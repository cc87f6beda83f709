import { parseDaySet } from '../core/day-set.ts';
import { addDays, type Day } from '../core/days.ts';
import { parseTableName } from '../core/ids.ts';
import { type Readiness, readinessOf, type SeenGood } from '../core/monitor/readiness.ts';
import type { Pipeline } from '../core/pipeline.ts';
import type { Instant } from '../core/run.ts';
import { dayAt } from '../core/time-zone.ts';
import type { Row, Warehouse } from '../ports/warehouse.ts';
import { VERIFIED_DAYS_QUERY } from '../sql/verified-days-query.ts';
import { readSchedule } from './read-schedule.ts';
import { readerOf } from './reader.ts';
import { STATEMENT_WAIT_MS } from './waited.ts';

const LOOK_BACK_DAYS = 30;

/**
 * How often phases were ready in time over the last 30 days. Reads nothing where no phase is to be.
 *
 * @param id names the reading
 * @throws PhasegateError as the warehouse does
 */
export async function readReadiness(
  warehouse: Warehouse,
  pipeline: Pipeline,
  id: string,
  now: Instant,
): Promise<readonly Readiness[]> {
  if (pipeline.phases.every(({ readyBy }) => readyBy === null)) return [];
  const to = addDays(dayAt(now, pipeline.timeZone), -1);
  const from = addDays(to, 1 - LOOK_BACK_DAYS);
  const reader = readerOf(warehouse, {
    id,
    labels: { pipeline: pipeline.name },
    maximumBytes: pipeline.maximumBytesPerQuery,
    waitMilliseconds: STATEMENT_WAIT_MS,
  });
  const { calendar } = await readSchedule(
    (statement) => reader.query('schedule', statement, now),
    pipeline,
    [],
    from,
    to,
  );
  const params = {
    from0: { type: 'DATE', value: from },
    to0: { type: 'DATE', value: addDays(now.slice(0, 10) as Day, 1) },
  } as const;
  const rows = await reader.query('verified', { sql: VERIFIED_DAYS_QUERY, params }, now);
  return readinessOf(pipeline, calendar, rows.map(asSeen), { from, to }, now);
}

function asSeen({ table_name, days, judged_at }: Row): SeenGood {
  return {
    table: parseTableName(String(table_name)),
    days: parseDaySet(String(days)),
    at: String(judged_at),
  };
}
