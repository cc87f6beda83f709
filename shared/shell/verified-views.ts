import type { Calendar } from '../core/calendar.ts';
import { formatDaySet, NO_DAYS } from '../core/day-set.ts';
import type { Day } from '../core/days.ts';
import type { TableName } from '../core/ids.ts';
import type { Pipeline, Table } from '../core/pipeline.ts';
import { type Published, publishedTables, verifiedViewOf } from '../core/published.ts';
import type { Warehouse } from '../ports/warehouse.ts';
import { quoteColumn, quoteTable } from '../sql/quote.ts';
import { readVerifiedView, verifiedView } from '../sql/verified-view.ts';

const NOTHING: Published = { days: NO_DAYS, change: 0 };

/**
 * Gives every table of `publish: verified` a view that shows no day, unless it has one. A table that
 * lacks a declared column gets none: its gate says so.
 *
 * @throws PhasegateError `conflict` when the view's name is that of a table
 */
export async function ensureVerifiedViews(warehouse: Warehouse, pipeline: Pipeline): Promise<void> {
  for (const table of publishedTables(pipeline)) {
    const view = verifiedViewOf(table.name);
    if ((await warehouse.viewSql(view)) !== null) continue;
    const actual = new Set((await warehouse.columnsOf(table.name))?.map(({ name }) => name));
    if (!table.columns.every(({ name }) => actual.has(name))) continue;
    await warehouse.replaceView(view, verifiedView(table, NOTHING, { seasons: [] }));
  }
}

/**
 * What a table's view shows; nothing when there is no view.
 *
 * @throws PhasegateError `conflict` when somebody else replaced it
 */
export async function readPublished(warehouse: Warehouse, table: TableName): Promise<Published> {
  const view = verifiedViewOf(table);
  const text = await warehouse.viewSql(view);
  return text === null ? NOTHING : readVerifiedView(view, text);
}

const queues = new WeakMap<Warehouse, Map<TableName, Promise<unknown>>>();

/**
 * Replaces a table's view by what `change` makes of it: one change after the other within a process.
 * The same days again replace nothing, unless `always`. Returns what the view shows now.
 *
 * @throws PhasegateError `conflict` when somebody else replaced the view; whatever `change` throws
 */
export async function changePublished(
  warehouse: Warehouse,
  table: Table,
  calendar: Calendar,
  change: (now: Published) => Published['days'],
  { always = false } = {},
): Promise<Published> {
  const turns = queues.get(warehouse) ?? new Map<TableName, Promise<unknown>>();
  queues.set(warehouse, turns);
  const before = turns.get(table.name) ?? Promise.resolve();
  const mine = before
    .catch(() => undefined)
    .then(async () => {
      const now = await readPublished(warehouse, table.name);
      const days = change(now);
      const isSame = formatDaySet(days).join() === formatDaySet(now.days).join();
      if (isSame && !always) return now;
      const next = { days, change: now.change + 1 };
      const text = verifiedView(table, next, calendar);
      await warehouse.replaceView(verifiedViewOf(table.name), text);
      return next;
    });
  turns.set(table.name, mine);
  return mine;
}

/** How many rows a reader of the view finds on each day. */
export async function visibleRows(
  warehouse: Warehouse,
  { name, dayColumn }: Pick<Table, 'name' | 'dayColumn'>,
): Promise<ReadonlyMap<Day, number>> {
  const day = quoteColumn(dayColumn);
  const view = quoteTable(verifiedViewOf(name));
  const sql = `SELECT ${day} AS day, COUNT(*) AS found FROM ${view} GROUP BY ${day}`;
  const { rows } = await warehouse.query({ sql, params: {} });
  return new Map(rows.map(({ day: on, found }) => [on as Day, Number(found)] as const));
}
