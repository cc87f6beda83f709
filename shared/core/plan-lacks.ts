import { allDays, type Calendar, daysRead } from './calendar.ts';
import { type DaySet, intersect, isEmpty, NO_DAYS, subtract } from './day-set.ts';
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
      const there = source === undefined ? null : daysWithRows(source);
      if (there === null) return [];
      const read = daysRead(calendar, window, plan.get(table.name) ?? NO_DAYS);
      const days = subtract(intersect(read, allDays(calendar)), there);
      return isEmpty(days) ? [] : [{ source: of, table: table.name, days }];
    }),
  );
}
