import { allDays, bridge, type Calendar } from '../core/calendar.ts';
import {
  type DaySet,
  formatDaySet,
  intersect,
  NO_DAYS,
  parseDaySet,
  subtract,
  union,
} from '../core/day-set.ts';
import { PhasegateError } from '../core/errors.ts';
import { fingerprint } from '../core/fingerprint.ts';
import type { TableName } from '../core/ids.ts';
import type { Table } from '../core/pipeline.ts';
import type { Published } from '../core/published.ts';
import { quoteColumn, quoteTable } from './quote.ts';

const MARK = '-- phasegate verified view, version 1: ';
const MAX_SPANS = 200;

type Head = Readonly<{ table: string; days: string; change: number; query: string }>;

/**
 * The GoogleSQL of a table's verified view: its declared columns on the published days, which stand
 * there as literals, so that whoever reads the view reads these partitions only. The first line holds
 * the days for `readVerifiedView`. Without any day the condition is one that no date meets: it
 * names the day column, as a table that requires a day filter demands.
 *
 * @param calendar more than 200 spans are bridged over its days without games, which hold no rows;
 *   days it does not know are written as they are
 */
export function verifiedView(
  { name, columns, dayColumn }: Pick<Table, 'name' | 'columns' | 'dayColumn'>,
  { days, change }: Published,
  calendar: Calendar,
): string {
  const day = quoteColumn(dayColumn);
  const spans = shownSpans(days, calendar).map(
    ({ from, to }) => `${day} BETWEEN DATE '${from}' AND DATE '${to}'`,
  );
  const query = [
    'SELECT',
    columns.map((column) => `  ${quoteColumn(column.name)}`).join(',\n'),
    `FROM ${quoteTable(name)}`,
    `WHERE ${spans.length === 0 ? `${day} < DATE '0001-01-01'` : spans.join('\n  OR ')}`,
  ].join('\n');
  const head: Head = {
    table: name,
    days: formatDaySet(days).join(),
    change,
    query: fingerprint(query),
  };
  return `${MARK}${JSON.stringify(head)}\n${query}`;
}

/**
 * What a text of `verifiedView` publishes.
 *
 * @throws PhasegateError `conflict` for any other text: somebody else replaced the view
 */
export function readVerifiedView(view: TableName, text: string): Published {
  const [first = '', ...rest] = text.split('\n');
  if (!first.startsWith(MARK)) throw foreign(view, 'its first line is not ours');
  const head = headOf(first.slice(MARK.length));
  if (head === null) throw foreign(view, 'its first line cannot be read');
  if (head.query !== fingerprint(rest.join('\n'))) throw foreign(view, 'its query was edited');
  return { days: head.days === '' ? NO_DAYS : parseDaySet(head.days), change: head.change };
}

function headOf(text: string): Head | null {
  try {
    const head = JSON.parse(text) as Partial<Head>;
    const { table, days, change, query } = head;
    if (typeof table !== 'string' || typeof query !== 'string') return null;
    if (typeof days !== 'string' || typeof change !== 'number') return null;
    if (days !== '') parseDaySet(days);
    return { table, days, change, query };
  } catch {
    return null;
  }
}

function foreign(view: TableName, reason: string): PhasegateError {
  return new PhasegateError(
    'conflict',
    `view ${view} was replaced by somebody else: ${reason}; accepted: the text that Phasegate wrote. Keep theirs under another name and drop ${view}: the next gate that passes makes it anew`,
  );
}

function shownSpans(days: DaySet, calendar: Calendar): DaySet {
  if (days.length <= MAX_SPANS) return days;
  const known = allDays(calendar);
  return union(bridge(calendar, intersect(days, known)), subtract(days, known));
}
