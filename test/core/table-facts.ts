import type { Check } from '../../shared/core/check.ts';
import type { GrainCoverage } from '../../shared/core/checks/grain-coverage.ts';
import { kindOf } from '../../shared/core/checks/kinds.ts';
import type { NotNull } from '../../shared/core/checks/not-null.ts';
import type { Regression } from '../../shared/core/checks/regression.ts';
import { daySetOf } from '../../shared/core/day-set.ts';
import type { Day } from '../../shared/core/days.ts';
import { parseTableName } from '../../shared/core/ids.ts';
import type { TableFacts } from '../../shared/core/judge/facts.ts';
import { judgeTable } from '../../shared/core/judge/judge-table.ts';
import { parsePercent } from '../../shared/core/percent.ts';
import type { DayProfile, ItemValue } from '../../shared/core/profile.ts';
import type { Game } from '../../shared/core/schedule.ts';
import { scheduleOf } from '../../shared/core/schedule.ts';
import { itemName, ROW_COUNT } from '../../shared/core/state-item.ts';
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
export const half = {
  where: null,
  atLeast: parsePercent(50),
  perDay: parsePercent(50),
  minimumPopulation: 1,
  minimumPerDay: 0,
};
export const notNull: NotNull = {
  ...base,
  ...half,
  id: 'points',
  kind: 'not-null',
  column: 'points',
};
export const unique: Check = { ...base, id: 'key', kind: 'unique', columns: ['game_date', 'team'] };
export const gamesThere: GrainCoverage = {
  ...base,
  id: 'games',
  kind: 'grain-coverage',
  grain: 'games',
  game: 'game_id',
  team: null,
  atLeast: parsePercent(100),
  perDay: parsePercent(100),
};

/** Warns of a share that is worse than last season's. */
export const worse: Regression = {
  ...base,
  severity: 'warn',
  id: 'worse',
  kind: 'regression',
  metric: { of: 'share', holds: 'points > 9', where: null },
  baseline: { of: 'last-season' },
  sinceSeason: null,
  minimumDays: 7,
  minimumPopulation: 30,
  minimumChange: 0,
};

export function dayWith(rows: number, values: Record<string, ItemValue> = {}): DayProfile {
  return { values: { [ROW_COUNT]: rows, ...values } };
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
    now: '2022-02-01T12:00:00.000Z',
    timeZone: 'America/New_York',
    schedule,
    expected: daySetOf([D1, D2]),
    profile: {
      table: parseTableName('a.t'),
      days: new Map(days),
      rowsWithoutDay: 0,
      refused: new Map(),
    },
    others: new Map(),
    rowsOf: new Map(),
    unexpected: [],
    stale: [],
    changedAt: new Map(),
    history: new Map(),
    metrics: [],
    actualColumns: table('a.t').columns,
    waivers: [],
    ...more,
  };
}

export const checkOf = (id: string, all: TableFacts) =>
  judgeTable(all).checks.find((check) => check.id === id);
/** Names of what a check reads of its own table, in its order. */
export const itemsOf = (check: Check) => kindOf(check).reads(check).own.map(itemName);
/** The counts of a share of all rows: on how many it holds. */
export const holdsOn = (check: Check, count: number) => ({ [itemsOf(check).at(-1) ?? '']: count });
