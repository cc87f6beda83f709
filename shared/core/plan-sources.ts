import { allDays, type Calendar } from './calendar.ts';
import { type DaySet, intersect, NO_DAYS, subtract } from './day-set.ts';
import { notDueYet } from './due.ts';
import type { TableName } from './ids.ts';
import type { Pipeline, Source } from './pipeline.ts';
import { tablesOfRun } from './plan.ts';
import type { Instant, RunRequest } from './run.ts';

/** The days of a source that have rows; of one without days whether it has any. */
export type Filled =
  | Readonly<{ kind: 'days'; days: DaySet }>
  | Readonly<{ kind: 'whole'; hasRows: boolean }>;

/** What a source that the run reads holds of the range, and what could bring it the rest. */
export type SourceStanding = Readonly<{
  source: TableName;
  filled: Filled;
  /** The expected days of the range; none of a source without days. */
  expected: DaySet;
  /** Expected days without a row that are due. */
  missing: DaySet;
  /** Expected days without a row that nobody misses yet. */
  notDue: DaySet;
  /** The file that `phasegate load` fills it from; null: nothing of ours fills it. */
  file: string | null;
  fallback: Source['fallback'];
}>;

/**
 * How the sources stand that a table of the run reads, and the schedule, in the order of the pipeline.
 *
 * @param daysWithRows of each source; null for one without days that has rows
 */
export function sourceStandings(
  pipeline: Pipeline,
  request: RunRequest,
  calendar: Calendar,
  daysWithRows: (source: Source) => DaySet | null,
  now: Instant,
): readonly SourceStanding[] {
  const read = new Set<TableName>([
    pipeline.calendar.schedule,
    ...tablesOfRun(pipeline, request).flatMap(({ needs }) => needs.map(({ of }) => of)),
  ]);
  const inRange = intersect(allDays(calendar), [{ from: request.from, to: request.to }]);
  return pipeline.sources
    .filter(({ name }) => read.has(name))
    .map((source): SourceStanding => {
      const days = daysWithRows(source);
      const isWhole = source.dayColumn === null;
      const expected = isWhole ? NO_DAYS : inRange;
      const without = subtract(expected, days ?? NO_DAYS);
      const notDue = notDueYet(source.due, without, NO_DAYS, pipeline.timeZone, now);
      return {
        source: source.name,
        filled: isWhole
          ? { kind: 'whole', hasRows: days === null }
          : { kind: 'days', days: days ?? NO_DAYS },
        expected,
        missing: subtract(without, notDue),
        notDue,
        file: source.load?.file ?? null,
        fallback: source.fallback,
      };
    });
}
