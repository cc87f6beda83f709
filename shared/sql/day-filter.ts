import type { DaySet } from '../core/day-set.ts';
import type { Day } from '../core/days.ts';
import { quoteColumn } from './quote.ts';

type DateParam = Readonly<{ type: 'DATE'; value: Day }>;
export type DayFilter = Readonly<{ sql: string; params: Readonly<Record<string, DateParam>> }>;

export const MAX_SPANS = 50;

/**
 * The days as spans on the bare partition column, so that a warehouse reads these partitions only.
 * More than 50 spans become one from the first to the last: fewer words, more days read.
 */
export function dayFilter(column: string, days: DaySet): DayFilter {
  const first = days[0];
  const last = days.at(-1);
  const spans =
    days.length > MAX_SPANS && first !== undefined && last !== undefined
      ? [{ from: first.from, to: last.to }]
      : days;
  const parts = spans.map(
    (_, index) => `${quoteColumn(column)} BETWEEN @from${index} AND @to${index}`,
  );
  const params = spans.flatMap(({ from, to }, index): [string, DateParam][] => [
    [`from${index}`, { type: 'DATE', value: from }],
    [`to${index}`, { type: 'DATE', value: to }],
  ]);
  return {
    sql: parts.length === 0 ? 'FALSE' : parts.join(' OR '),
    params: Object.fromEntries(params),
  };
}

/** The first and the last of the days as `@from0` and `@to0`. */
export function hullParams(days: DaySet): DayFilter['params'] {
  const from = days[0]?.from;
  const to = days.at(-1)?.to;
  return from === undefined || to === undefined ? {} : dayFilter('day', [{ from, to }]).params;
}
