import { bridge, type Calendar } from '../calendar.ts';
import { type DaySet, formatDaySet, isEmpty, union } from '../day-set.ts';
import type { TableName } from '../ids.ts';
import { daysOfGaps } from '../monitor/grid.ts';
import type { SeasonRange } from '../monitor/season-range.ts';
import { OUTCOMES } from '../outcome.ts';
import { refusedAsWhole, type SeasonGrid } from './season-grid.ts';

/** A season of the grid, or why it could not be read. */
export type ReadSeason = Readonly<{ range: SeasonRange }> &
  (Readonly<{ grid: SeasonGrid }> | Readonly<{ trouble: string }>);

/**
 * The grid for programs, as spans. A season's `expected` days are those with games that count, `excluded` those that somebody
 * excluded; a season with `trouble` could not be read, and no table tells its days. What became of a table's days is
 * bridged over the expected ones: a span means those in it. So the answer grows with the holes, not with the days.
 * `refused` are checks that fail and name no day: such a table does not pass, whatever its days are.
 */
export function gridJson(seasons: readonly ReadSeason[]) {
  const grids = seasons.flatMap((season) => ('grid' in season ? [season.grid] : []));
  const calendar: Calendar = {
    seasons: grids
      .flatMap((grid) => grid.calendar.seasons)
      .sort((a, b) => (a.start < b.start ? -1 : 1)),
  };
  const names = new Set(grids.flatMap(({ tables }) => tables.map(({ row }) => row.table)));
  return {
    seasons: seasons.map(seasonJson),
    tables: [...names].map((table) => tableJson(table, grids, calendar)),
  };
}

function seasonJson(read: ReadSeason) {
  const { season, from, to } = read.range;
  if ('trouble' in read) return { season, from, to, trouble: read.trouble };
  const { calendar, readAt } = read.grid;
  const days = (of: 'days' | 'excluded') =>
    calendar.seasons.flatMap((each) => formatDaySet(each[of]));
  return { season, from, to, readAt, expected: days('days'), excluded: days('excluded') };
}

function tableJson(table: TableName, grids: readonly SeasonGrid[], calendar: Calendar) {
  const rows = grids.flatMap(({ tables }) =>
    tables.flatMap(({ row }) => (row.table === table ? [row] : [])),
  );
  const refused = grids.flatMap(({ range: { season }, tables }) =>
    tables
      .filter(({ row }) => row.table === table)
      .flatMap((each) => refusedAsWhole(each).map(({ id: check }) => ({ season, check }))),
  );
  const some = (name: string, sets: readonly DaySet[]) => {
    const days = union(...sets);
    return isEmpty(days) ? [] : [[name, formatDaySet(bridge(calendar, days))] as const];
  };
  return {
    table,
    outcomes: Object.fromEntries(
      OUTCOMES.flatMap((outcome) =>
        some(
          outcome,
          rows.map(({ outcomes }) => outcomes[outcome] ?? []),
        ),
      ),
    ),
    ...Object.fromEntries([
      ...some(
        'overdue',
        rows.map(({ gaps }) => daysOfGaps(gaps)),
      ),
      ...some(
        'waived',
        rows.map(({ waived }) => waived),
      ),
      ...some(
        'notDue',
        rows.map(({ notDue }) => notDue),
      ),
    ]),
    ...(refused.length === 0 ? {} : { refused }),
  };
}
