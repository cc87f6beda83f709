import type { Calendar } from '../../../shared/core/calendar.ts';
import {
  type DaySet,
  daySetOf,
  eachDay,
  intersect,
  isEmpty,
  NO_DAYS,
  subtract,
  union,
} from '../../../shared/core/day-set.ts';
import { addDays, type Day, parseDay } from '../../../shared/core/days.ts';
import { parseTableName } from '../../../shared/core/ids.ts';
import type { GridRow } from '../../../shared/core/monitor/grid.ts';
import type { OutcomeDays } from '../../../shared/core/outcome.ts';
import type { GridTable, SeasonGrid } from '../../../shared/core/view/season-grid.ts';
import { type Random, randomOf } from '../../../shared/league/random.ts';

/** Expected days a season, and the days of the calendar over which they spread. */
const EXPECTED = 170;
const SPREAD = 180;

/** How a stretch of trouble shows, as often as it is listed. */
const TROUBLES = [
  'PARTIAL',
  'FAILED',
  'STALE',
  'STALE',
  'NEVER_RAN',
  'EMPTY_SUSPECT',
  'UNJUDGED',
] as const;

/**
 * Seasons of a large league, newest first: free days in each, a third of all tables with a stretch or two of trouble in a
 * season, days that were left out, and in the newest some that are not due. Always the same.
 */
export function largeGrid(tables: number, days: number): readonly SeasonGrid[] {
  const random = randomOf('large-grid');
  const seasons = Math.ceil(days / EXPECTED);
  return Array.from({ length: seasons }, (_, index) => {
    const season = 2024 - index;
    const from = parseDay(`${season}-10-01`);
    const all = Array.from({ length: SPREAD }, (__, day) => addDays(from, day));
    const free = new Set(random.shuffled(all).slice(0, SPREAD - EXPECTED));
    const expected = daySetOf(all.filter((day) => !free.has(day)));
    const excluded = daySetOf(
      [addDays(from, 130), addDays(from, 131)].filter((day) => free.has(day)),
    );
    const calendar: Calendar = { seasons: [{ season, start: from, days: expected, excluded }] };
    const rows = Array.from({ length: tables }, (__, table) =>
      rowOf(table, expected, excluded, index === 0, random),
    );
    return {
      range: { season, from, to: addDays(from, SPREAD - 1) },
      readAt: '2026-01-03T04:05:06.789Z',
      calendar,
      tables: rows.map(tableOf),
    };
  });
}

function rowOf(
  table: number,
  expected: DaySet,
  excluded: DaySet,
  isNewest: boolean,
  random: Random,
): GridRow {
  const days = [...eachDay(expected)];
  const notDue = isNewest && random.chance(0.5) ? daySetOf(days.slice(-2)) : NO_DAYS;
  let left = subtract(expected, notDue);
  const found = new Map<(typeof TROUBLES)[number], DaySet>();
  for (let stretch = random.chance(1 / 3) ? random.int(1, 2) : 0; stretch > 0; stretch--) {
    const trouble = random.pick(TROUBLES);
    const bad = intersect(left, stretchOf(days, random));
    found.set(trouble, union(found.get(trouble) ?? NO_DAYS, bad));
    left = subtract(left, bad);
  }
  const bad = [...found].filter(([, each]) => !isEmpty(each));
  const outcomes: OutcomeDays = { ...Object.fromEntries(bad), VERIFIED: left };
  return {
    table: parseTableName(`nba_precompute.table_number_${table}`),
    outcomes,
    gaps: Object.fromEntries(bad),
    waived: NO_DAYS,
    notDue,
    excluded,
  };
}

/** One day, or up to six weeks. */
function stretchOf(days: readonly Day[], random: Random): DaySet {
  const first = random.int(0, days.length - 1);
  return daySetOf(days.slice(first, first + (random.chance(0.5) ? 1 : random.int(2, 40))));
}

function tableOf(row: GridRow): GridTable {
  const verdict = Object.keys(row.gaps).length === 0 ? 'PASS' : 'FAIL';
  return { row, verdict, checks: [], coverage: [], rows: [], history: new Map() };
}
