import { allDays, type Calendar, daysRead } from './calendar.ts';
import { type DaySet, daySetOf, intersect, isEmpty, NO_DAYS, subtract } from './day-set.ts';
import type { Day } from './days.ts';
import type { TableName } from './ids.ts';
import { type Pipeline, type Source, sourceNamed } from './pipeline.ts';
import { type Plan, tablesOfRun } from './plan.ts';
import type { RunRequest } from './run.ts';

/** Expected days that a planned table reads of a source, and that the source has no row of. */
export type Lack = Readonly<{ source: TableName; table: TableName; days: DaySet }>;

/**
 * What no job can write from, however often it runs: a person has to bring the source its days.
 *
 * @param daysWithRows of each source; null for one without days that has rows
 */
export function lacksOf(
  pipeline: Pipeline,
  request: RunRequest,
  calendar: Calendar,
  plan: Plan,
  daysWithRows: (source: Source) => DaySet | null,
): readonly Lack[] {
  return tablesOfRun(pipeline, request).flatMap((table) =>
    table.needs.flatMap(({ of, window }): Lack[] => {
      const source = sourceNamed(pipeline, of);
      if (source === undefined) return [];
      const read = daysRead(calendar, window, plan.get(table.name) ?? NO_DAYS);
      const days = intersect(read, daysWithoutRows(calendar, daysWithRows(source)));
      return isEmpty(days) ? [] : [{ source: of, table: table.name, days }];
    }),
  );
}

/**
 * The days on which a source has rows, by what the warehouse says of its days; null for a source without
 * days that has rows.
 */
export function daysWithRowsOf(
  { dayColumn }: Source,
  states: readonly Readonly<{ day: Day | null; rows: number }>[],
): DaySet | null {
  const filled = states.filter(({ rows }) => rows > 0);
  if (dayColumn === null && filled.length > 0) return null;
  return daySetOf(filled.flatMap(({ day }) => (day === null ? [] : [day])));
}

/** The expected days that a source has no row of: what reads them has nothing to be written from. */
export function daysWithoutRows(calendar: Calendar, daysWithRows: DaySet | null): DaySet {
  return daysWithRows === null ? NO_DAYS : subtract(allDays(calendar), daysWithRows);
}
