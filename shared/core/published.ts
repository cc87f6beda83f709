import { daysReading } from './calendar.ts';
import { type DaySet, type DaySpan, isEmpty, NO_DAYS, subtract, union } from './day-set.ts';
import { addDays, type Day } from './days.ts';
import { parseTableName, type TableName } from './ids.ts';
import { type Pipeline, type Table, tablesOf } from './pipeline.ts';
import { inNeedOrder, type Plan, tablesOfRun } from './plan.ts';
import { isAtRest, type RunState } from './run.ts';
import { isBusy } from './table-state.ts';

/** The days that a table's verified view shows. */
export type Published = Readonly<{
  days: DaySet;
  /** Counts replacements of the view: who looked before another replacement can tell. */
  change: number;
}>;

/** The tables of `publish: verified`. */
export function publishedTables(pipeline: Pipeline): readonly Table[] {
  return tablesOf(pipeline).filter(({ publish }) => publish === 'verified');
}

/**
 * `dataset.table` → `dataset_verified.table`.
 *
 * @throws PhasegateError `invalid-input` when that is longer than a name may be
 */
export function verifiedViewOf(table: TableName): TableName {
  return parseTableName(table.replace('.', '_verified.'));
}

/** What stays published once the days of `range` were judged: there, only what is VERIFIED. */
export function stillPublished(days: DaySet, range: DaySpan, verified: DaySet): DaySet {
  return subtract(days, subtract([range], verified));
}

/**
 * Every day whose rows are no longer what they should be once these days are written: the days
 * themselves and, need by need, what reads them, in all phases and after any range. Every day of
 * the calendar counts as a day with games, so it may name more days than the schedule, never fewer.
 */
export function daysBehind(pipeline: Pipeline, written: Plan): Plan {
  const calendar = { seasons: everyDayBySeason(pipeline) };
  const found = new Map<TableName, DaySet>();
  for (const table of pipeline.phases.flatMap((phase) => inNeedOrder(phase.tables))) {
    const behind = table.needs.map(({ of, window }) =>
      daysReading(calendar, window, found.get(of) ?? NO_DAYS),
    );
    const days = union(written.get(table.name) ?? NO_DAYS, ...behind);
    if (!isEmpty(days)) found.set(table.name, days);
  }
  return found;
}

/** Days that jobs of a run may still write: while it reads, all it was asked for. */
export function daysToCome(pipeline: Pipeline, state: RunState): Plan {
  const { status, request } = state;
  if (isAtRest(status)) return new Map();
  if (status === 'reading') {
    const asked = tablesOfRun(pipeline, request).filter(({ phase }) =>
      request.phases.includes(phase),
    );
    return new Map(asked.map(({ name }) => [name, [{ from: request.from, to: request.to }]]));
  }
  return new Map(
    Object.entries(state.tables).flatMap(([name, table]): [TableName, DaySet][] =>
      table.tag === 'waiting' || isBusy(table) ? [[name as TableName, table.days]] : [],
    ),
  );
}

const FIRST_DAY = '0001-01-01' as Day;
const LAST_DAY = '9000-12-31' as Day;

/** Seasons without gaps: each up to the day before the next one starts, the first and the last without end. */
function everyDayBySeason({ calendar }: Pipeline) {
  const starts = calendar.seasonStarts.toSorted((a, b) => (a.start < b.start ? -1 : 1));
  return starts.map(({ season, start }, index) => {
    const next = starts[index + 1]?.start;
    const from = index === 0 ? FIRST_DAY : start;
    const to = next === undefined ? LAST_DAY : addDays(next, -1);
    return { season, start, days: [{ from, to }], excluded: NO_DAYS };
  });
}
