import { type Calendar, expectedDays } from './calendar.ts';
import { countDays, type DaySet, type DaySpan, intersect, NO_DAYS } from './day-set.ts';
import type { PhaseName, TableName } from './ids.ts';
import { daysGood, daysNotGood, OUTCOMES, type Outcome, type OutcomeDays } from './outcome.ts';
import type { Pipeline, Table } from './pipeline.ts';
import { tablesOfRun } from './plan.ts';
import type { SourceStanding } from './plan-sources.ts';
import type { RunRequest } from './run.ts';

/** One table in one season, inside the range. */
export type MatrixCell = Readonly<{
  season: number;
  /** Of a table: the days that are good; of a source: the days with rows. */
  filled: number;
  /** Nothing is expected: 0. */
  expected: number;
  /** What most of its other days are, the earlier of the vocabulary where two are as many; null of a source, and where none is left. */
  leading: Outcome | null;
}>;

export type MatrixRow = Readonly<{
  table: TableName;
  /** Null: a source. */
  phase: PhaseName | null;
  /** One for each season of the range; of a source without days whether it has rows. */
  cells: readonly MatrixCell[] | Readonly<{ hasRows: boolean }>;
}>;

/** How far each source and each table is, season by season: sources first, tables in the order of launch. */
export function planMatrix(
  pipeline: Pipeline,
  request: RunRequest,
  calendar: Calendar,
  outcomes: Readonly<Record<TableName, OutcomeDays>>,
  sources: readonly SourceStanding[],
): readonly MatrixRow[] {
  const seasons = seasonsOf(calendar, request);
  const ofSources = sources.map(
    ({ source, filled, expected }): MatrixRow => ({
      table: source,
      phase: null,
      cells:
        filled.kind === 'whole'
          ? { hasRows: filled.hasRows }
          : seasons.map((each) => cellOf(each, filled.days, expected, {})),
    }),
  );
  const ofTables = tablesOfRun(pipeline, request).map(
    (table): MatrixRow => ({
      table: table.name,
      phase: table.phase,
      cells: cellsOf(table, outcomes[table.name] ?? {}, calendar, seasons, request),
    }),
  );
  return [...ofSources, ...ofTables];
}

type InRange = Readonly<{ season: number; days: DaySet }>;

/** The seasons with a day of the range on which something is expected. */
function seasonsOf({ seasons }: Calendar, { from, to }: DaySpan): readonly InRange[] {
  return seasons.flatMap(({ season, days }) => {
    const inRange = intersect(days, [{ from, to }]);
    return inRange.length === 0 ? [] : [{ season, days: inRange }];
  });
}

function cellsOf(
  { bootstrapDays }: Table,
  outcomes: OutcomeDays,
  calendar: Calendar,
  seasons: readonly InRange[],
  { from, to }: DaySpan,
): readonly MatrixCell[] {
  const expected = expectedDays(calendar, [{ from, to }], bootstrapDays);
  const good = daysGood(outcomes);
  return seasons.map((season) => cellOf(season, good, expected, outcomes));
}

function cellOf(
  { season, days }: InRange,
  filled: DaySet,
  expected: DaySet,
  outcomes: OutcomeDays,
): MatrixCell {
  const own = intersect(days, expected);
  const filledOwn = countDays(intersect(own, filled));
  const others = filledOwn === countDays(own) ? NO_DAYS : intersect(own, daysNotGood(outcomes));
  const counts = OUTCOMES.map((outcome) => ({
    outcome,
    count: countDays(intersect(others, outcomes[outcome] ?? NO_DAYS)),
  }));
  const most = counts.reduce((a, b) => (b.count > a.count ? b : a));
  return {
    season,
    filled: filledOwn,
    expected: countDays(own),
    leading: most.count === 0 ? null : most.outcome,
  };
}
