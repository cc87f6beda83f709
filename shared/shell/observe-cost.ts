import { addDays, type Day } from '../core/days.ts';
import { costFindings, gib, type Spent, sumOf } from '../core/monitor/cost-findings.ts';
import type { Monitor, Subject } from '../core/monitor/monitor.ts';
import type { Pipeline } from '../core/pipeline.ts';
import type { Monitoring } from '../ports/monitoring.ts';
import type { Warehouse } from '../ports/warehouse.ts';
import { spentQuery } from '../sql/spent-query.ts';
import type { Asked, Look } from './observe.ts';
import { readerOf } from './reader.ts';
import { waited } from './waited.ts';
import { wholeLook } from './whole-look.ts';

const LOOK_BACK_DAYS = 6;

/** What was used since yesterday (UTC), and in 7 days, of what Phasegate keeps of itself. */
export async function observeCost(
  { warehouse, definitionNow }: Pick<Monitoring, 'warehouse' | 'definitionNow'>,
  { name, severity }: Pick<Monitor, 'name' | 'severity'>,
  { perDay }: Extract<Subject, { what: 'cost' }>,
  { id, due }: Asked,
): Promise<Look> {
  const { pipeline } = definitionNow();
  const today = due.slice(0, 10) as Day;
  const days = [addDays(today, -1), today];
  const spent = await readSpent(warehouse, pipeline, { id, monitor: name }, today);
  const recent = spent.filter(({ day }) => days.includes(day));
  const said = (all: readonly Spent[]) =>
    `${gib(sumOf(all, 'bytes'))} billed, ${Math.round(sumOf(all, 'minutes'))} minutes of jobs`;
  const message = `since ${days[0]} ${said(recent)}; in 7 days ${said(spent)}; of Phasegate itself`;
  return wholeLook(costFindings(perDay, spent, days, severity), spent.length, message);
}

/**
 * The last 7 days, `today` among them.
 *
 * @throws PhasegateError as the warehouse does
 */
export async function readSpent(
  warehouse: Warehouse,
  pipeline: Pipeline,
  { id, monitor }: Readonly<{ id: string; monitor: string }>,
  today: Day,
): Promise<readonly Spent[]> {
  const reader = readerOf(warehouse, {
    id,
    labels: { pipeline: pipeline.name, monitor },
    maximumBytes: pipeline.maximumBytesPerQuery,
  });
  const query = spentQuery({ from: addDays(today, -LOOK_BACK_DAYS), to: today });
  const rows = await waited(() => reader.query('spent', query));
  return rows.map((row) => ({
    table: String(row.what),
    day: String(row.day) as Day,
    loads: Number(row.loads),
    bytes: Number(row.bytes),
    minutes: Number(row.minutes),
  }));
}
