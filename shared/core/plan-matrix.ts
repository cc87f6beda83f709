import { type Calendar, expectedDays } from './calendar.ts';
import { countDays, type DaySet, type DaySpan, intersect } from './day-set.ts';
import type { PhaseName, TableName } from './ids.ts';
import { daysGood, isGood, OUTCOMES, type Outcome, type OutcomeDays } from './outcome.ts';
import type { Pipeline } from './pipeline.ts';
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
          : cellsOf(seasons, expected, filled.days, {}),
    }),
  );
  const range = [{ from: request.from, to: request.to }];
  const ofTables = tablesOfRun(pipeline, request).map(
    ({ name, phase, bootstrapDays }): MatrixRow => {
      const own = outcomes[name] ?? {};
      const expected = expectedDays(calendar, range, bootstrapDays);
      return { table: name, phase, cells: cellsOf(seasons, expected, daysGood(own), own) };
    },
  );
  return [...ofSources, ...ofTables];
}

type InRange = DaySpan & Readonly<{ season: number }>;

/** The seasons with a day of the range on which something is expected, each from the first such day to the last. */
function seasonsOf({ seasons }: Calendar, { from, to }: DaySpan): readonly InRange[] {
  return seasons.flatMap(({ season, days }) => {
    const inRange = intersect(days, [{ from, to }]);
    const [first, last] = [inRange[0], inRange.at(-1)];
    return first === undefined || last === undefined
      ? []
      : [{ season, from: first.from, to: last.to }];
  });
}

/** @param others what became of the days that are not filled; none of a source */
function cellsOf(
  seasons: readonly InRange[],
  expected: DaySet,
  filled: DaySet,
  others: OutcomeDays,
): readonly MatrixCell[] {
  const ofExpected = countsWithin(seasons, expected);
  const ofFilled = countsWithin(seasons, intersect(expected, filled));
  const byOutcome = OUTCOMES.flatMap((outcome) => {
    const days = others[outcome];
    return days === undefined || isGood(outcome)
      ? []
      : [{ outcome, counts: countsWithin(seasons, intersect(expected, days)) }];
  });
  return seasons.map(({ season }, at) => {
    const most = byOutcome.reduce<{ outcome: Outcome | null; count: number }>(
      (best, { outcome, counts }) => {
        const count = counts[at] ?? 0;
        return count > best.count ? { outcome, count } : best;
      },
      { outcome: null, count: 0 },
    );
    const [all = 0, own = 0] = [ofExpected[at], ofFilled[at]];
    return { season, filled: own, expected: all, leading: most.outcome };
  });
}

/** How many of the days each season has, in one pass over both. */
function countsWithin(seasons: readonly InRange[], days: DaySet): readonly number[] {
  let at = 0;
  return seasons.map(({ from, to }) => {
    while (at < days.length && days[at]!.to < from) at++;
    const first = at;
    while (at < days.length && days[at]!.from <= to) at++;
    const within = days.slice(first, at);
    if (at > first && days[at - 1]!.to > to) at--;
    return countDays(intersect(within, [{ from, to }]));
  });
}
