import type { Check, NotNull } from '../../shared/core/check.ts';
import { daySetOf } from '../../shared/core/day-set.ts';
import type { Day } from '../../shared/core/days.ts';
import { parseTableName } from '../../shared/core/ids.ts';
import type { TableFacts } from '../../shared/core/judge/facts.ts';
import { judgeTable } from '../../shared/core/judge/judge-table.ts';
import { measuresOfCheck, ROW_COUNT } from '../../shared/core/measure.ts';
import { parsePercent } from '../../shared/core/percent.ts';
import type { DayProfile } from '../../shared/core/profile.ts';
import type { Game } from '../../shared/core/schedule.ts';
import { scheduleOf } from '../../shared/core/schedule.ts';
import { day, pipelineOf, table } from './build.ts';

export const D1 = day('2022-01-01');
export const D2 = day('2022-01-02');
export const spec = pipelineOf(table('a.t')).calendar;
export const game = (id: string, on: Day, type = 'regular'): Game => ({
  id,
  day: on,
  season: 2021,
  type,
  home: 'LAL',
  away: 'BOS',
});
export const schedule = scheduleOf(spec, [
  game('g1', D1),
  game('g2', D2),
  game('p1', day('2022-01-03'), 'preseason'),
]);

export const base = { severity: 'block', applies: null } as const;
export const half = { where: null, atLeast: parsePercent(50), perDay: parsePercent(50) };
export const notNull: NotNull = {
  ...base,
  ...half,
  id: 'points',
  kind: 'not-null',
  column: 'points',
};
export const unique: Check = { ...base, id: 'key', kind: 'unique', columns: ['game_date', 'team'] };
export const gamesThere: Check = {
  ...base,
  id: 'games',
  kind: 'grain-coverage',
  grain: 'games',
  game: 'game_id',
  team: null,
  atLeast: parsePercent(100),
  perDay: parsePercent(100),
};

export function dayWith(rows: number, values: Record<string, number | string> = {}): DayProfile {
  return { values: { [ROW_COUNT]: rows, ...values }, duplicates: {} };
}

export function facts(
  checks: readonly Check[],
  days: [Day, DayProfile][],
  more: Partial<TableFacts> = {},
): TableFacts {
  return {
    table: table('a.t', [], { checks }),
    from: D1,
    to: D2,
    schedule,
    expected: daySetOf([D1, D2]),
    profile: {
      table: parseTableName('a.t'),
      days: new Map(days),
      rowsWithoutDay: 0,
      refused: new Map(),
    },
    rowsOf: new Map(),
    unexpected: [],
    stale: [],
    waivers: [],
    ...more,
  };
}

export const checkOf = (id: string, all: TableFacts) =>
  judgeTable(all).checks.find((check) => check.id === id);
export const holdsOn = (check: Check, count: number) => ({
  [measuresOfCheck(check)[1] ?? '']: count,
});
