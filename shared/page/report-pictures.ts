import { type DaySpan, intersect, NO_DAYS, subtract, union } from '../core/day-set.ts';
import type { TableEvidence } from '../core/evidence.ts';
import { outcomesOf } from '../core/judge/outcomes.ts';
import type { RunEvent } from '../core/run-event.ts';
import { durationBars } from '../core/view/duration-bars.ts';
import { featureCoverage } from '../core/view/feature-coverage.ts';
import { rowsOfDays } from '../core/view/rows-of-days.ts';
import { html, type Markup } from './markup.ts';
import { coverageChart } from './pictures/coverage-chart.ts';
import { type DayGridRow, dayGrid } from './pictures/day-grid.ts';
import { durationChart } from './pictures/duration-chart.ts';
import { rowChart } from './pictures/row-chart.ts';

/** Features of one table in one picture; the ones that are filled least come first. */
const SERIES = 8;

/**
 * The pictures of a run: what became of the days of its tables, season by season, how long its launches took, and for each
 * table its rows and how far its features are filled.
 *
 * @param tables what the last gate of each table kept
 */
export function reportPictures(
  tables: readonly TableEvidence[],
  events: readonly RunEvent[],
): readonly Markup[] {
  const [first] = tables;
  const bars = durationBars(events);
  const durations = bars.length === 0 ? [] : [durationChart(bars, 'What phases and launches took')];
  if (first === undefined) return durations;
  const rows = tables.map(gridRowOf);
  const grids = seasonsOf(first).map(({ season, range }) =>
    dayGrid(rows, range, `Season ${season}: what became of each day`),
  );
  return [...grids, ...durations, ...tables.map(picturesOf)];
}

type SeasonRange = Readonly<{ season: number; range: DaySpan }>;

/** The seasons of the judged range, each from its first to its last day in it. */
function seasonsOf({ facts: { schedule, from, to } }: TableEvidence): readonly SeasonRange[] {
  return schedule.calendar.seasons.flatMap(({ season, days }) => {
    const within = intersect(days, [{ from, to }]);
    const start = within[0]?.from;
    const end = within.at(-1)?.to;
    return start === undefined || end === undefined
      ? []
      : [{ season, range: { from: start, to: end } }];
  });
}

function gridRowOf({ facts, judgement }: TableEvidence): DayGridRow {
  const { schedule, from, to, expected, waivers } = facts;
  const range = [{ from, to }];
  const all = union(...schedule.calendar.seasons.map(({ days }) => intersect(days, range)));
  return {
    name: facts.table.name,
    href: null,
    outcomes: outcomesOf(facts, judgement, facts.history),
    notDue: NO_DAYS,
    waived: intersect(union(NO_DAYS, ...waivers.map(({ days }) => days)), range),
    excluded: subtract(all, expected),
  };
}

function picturesOf({ facts }: TableEvidence): Markup {
  const { table, from, to } = facts;
  const range = { from, to };
  const rows = rowsOfDays(facts);
  const series = featureCoverage(facts)
    .filter(({ days }) => days.length > 0)
    .map((each) => ({ each, share: shareOf(each.days) }))
    .toSorted((a, b) => a.share - b.share)
    .slice(0, SERIES)
    .map(({ each }) => each);
  return html`<h3>${table.name}</h3>
${rows.length > 0 && rowChart(rows, range, `${table.name}: rows a day`)}
${series.length > 0 && coverageChart(series, range, `${table.name}: how far features are filled`)}`;
}

function shareOf(days: readonly Readonly<{ part: number; whole: number }>[]): number {
  const sum = (what: 'part' | 'whole') => days.reduce((total, day) => total + day[what], 0);
  return sum('part') / Math.max(1, sum('whole'));
}
