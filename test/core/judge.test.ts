import { describe, expect, it } from 'vitest';
import type { Check } from '../../shared/core/check.ts';
import { countDays, daySetOf, parseDaySet } from '../../shared/core/day-set.ts';
import type { Day } from '../../shared/core/days.ts';
import { parseTableName } from '../../shared/core/ids.ts';
import type { TableFacts } from '../../shared/core/judge/facts.ts';
import { judgeTable } from '../../shared/core/judge/judge-table.ts';
import { outcomesOf } from '../../shared/core/judge/outcomes.ts';
import { measuresOfCheck, ROW_COUNT } from '../../shared/core/measure.ts';
import { parsePercent } from '../../shared/core/percent.ts';
import type { DayProfile } from '../../shared/core/profile.ts';
import type { Game } from '../../shared/core/schedule.ts';
import { scheduleOf } from '../../shared/core/schedule.ts';
import { day, dayCoverage, pipelineOf, table } from './build.ts';

const D1 = day('2022-01-01');
const D2 = day('2022-01-02');
const spec = pipelineOf(table('a.t')).calendar;
const game = (id: string, on: Day, type = 'regular'): Game => ({
  id,
  day: on,
  season: 2021,
  type,
  home: 'LAL',
  away: 'BOS',
});
const schedule = scheduleOf(spec, [
  game('g1', D1),
  game('g2', D2),
  game('p1', day('2022-01-03'), 'preseason'),
]);

const base = { severity: 'block', applies: null } as const;
const half = { where: null, atLeast: parsePercent(50), perDay: parsePercent(50) };
const notNull: Check = { ...base, ...half, id: 'points', kind: 'not-null', column: 'points' };
const unique: Check = { ...base, id: 'key', kind: 'unique', columns: ['game_date', 'team'] };
const gamesThere: Check = {
  ...base,
  id: 'games',
  kind: 'grain-coverage',
  grain: 'games',
  game: 'game_id',
  team: null,
  atLeast: parsePercent(100),
  perDay: parsePercent(100),
};

function dayWith(rows: number, values: Record<string, number | string> = {}): DayProfile {
  return { values: { [ROW_COUNT]: rows, ...values }, duplicates: {} };
}

function facts(
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

const checkOf = (id: string, all: TableFacts) =>
  judgeTable(all).checks.find((check) => check.id === id);
const holdsOn = (check: Check, count: number) => ({ [measuresOfCheck(check)[1] ?? '']: count });

describe('nothing passes vacuously', () => {
  it('an empty table fails its days and shows nothing else', () => {
    const judged = judgeTable(facts([dayCoverage, notNull, unique, gamesThere], []));
    expect(judged.verdict).toBe('FAIL');
    expect(judged.checks.filter((check) => check.verdict === 'PASS').map(({ id }) => id)).toEqual([
      'fresh',
      'placed',
    ]);
    expect(checkOf('points', facts([notNull], []))?.verdict).toBe('UNKNOWN');
    expect(checkOf('key', facts([unique], []))?.verdict).toBe('UNKNOWN');
  });

  it('a range without expected days is UNKNOWN in every check', () => {
    const judged = judgeTable(facts([dayCoverage, notNull], [], { expected: [] }));
    expect(judged.verdict).toBe('UNKNOWN');
  });

  it('a condition that holds on no eligible row is UNKNOWN, not 0 % and not 100 %', () => {
    const check: Check = { ...notNull, where: 'minutes > 0' };
    expect(checkOf('points', facts([check], [[D1, dayWith(10)]]))?.verdict).toBe('UNKNOWN');
  });

  it('a refused measure makes its own check UNKNOWN and no other', () => {
    const refused = new Map([[measuresOfCheck(notNull)[1] ?? '', 'no column points']]);
    const all = facts(
      [dayCoverage, notNull],
      [
        [D1, dayWith(2)],
        [D2, dayWith(2)],
      ],
    );
    const broken = { ...all, profile: { ...all.profile, refused } };
    expect(checkOf('points', broken)?.verdict).toBe('UNKNOWN');
    expect(checkOf('days', broken)?.verdict).toBe('PASS');
    expect(judgeTable(broken).verdict).toBe('UNKNOWN');
  });
});

describe('distinct games', () => {
  it('reach their floor exactly', () => {
    const floor = (atLeast: number): Check => ({
      ...base,
      id: 'floor',
      kind: 'distinct-games',
      game: 'game_id',
      atLeast,
    });
    const ids = measuresOfCheck(floor(2))[0] ?? '';
    const days: [Day, DayProfile][] = [
      [D1, dayWith(2, { [ids]: 'g1' })],
      [D2, dayWith(2, { [ids]: 'g2' })],
    ];
    expect(checkOf('floor', facts([floor(2)], days))?.verdict).toBe('PASS');
    expect(checkOf('floor', facts([floor(3)], days))?.verdict).toBe('FAIL');
  });
});

describe('what must never pass', () => {
  const upper: Check = {
    ...base,
    id: 'most',
    kind: 'row-count',
    per: { of: 'range', atLeast: null, atMost: 9 },
  };
  const one: [Day, DayProfile][] = [
    [D1, dayWith(2)],
    [D2, dayWith(2)],
  ];

  it('a table of which no declared check applies to the range is UNKNOWN', () => {
    const later: Check = { ...dayCoverage, applies: { from: D1, to: day('2022-12-31') } };
    expect(judgeTable(facts([later], one)).verdict).toBe('UNKNOWN');
  });

  it('an upper bound alone never passes over no row', () => {
    expect(checkOf('most', facts([upper], []))?.verdict).toBe('UNKNOWN');
    expect(checkOf('most', facts([upper], one))?.verdict).toBe('PASS');
  });

  it.each([dayCoverage, upper, unique])(
    '%o is UNKNOWN when the rows could not be counted',
    (check) => {
      const all = facts([check], one);
      const refused = new Map([[ROW_COUNT, 'quota']]);
      const judged = judgeTable({ ...all, profile: { ...all.profile, refused } });
      expect(judged.checks[0]?.verdict).toBe('UNKNOWN');
    },
  );

  it('rows on a day without a game fail their table and name the day', () => {
    const all = facts([dayCoverage], one, { unexpected: parseDaySet('2022-01-09') });
    expect(judgeTable(all)).toMatchObject({ verdict: 'FAIL', badDays: parseDaySet('2022-01-09') });
  });

  it('a game that the schedule has on two days is refused', () => {
    expect(() => scheduleOf(spec, [game('g1', D1), game('g1', D2)])).toThrow(/g1 twice/);
  });

  it('a season whose start nobody declared is refused', () => {
    expect(() => scheduleOf({ ...spec, seasonStarts: [] }, [game('g1', D1)])).toThrow(
      /season 2021/,
    );
  });
});

describe('a share', () => {
  it('is exact at its threshold', () => {
    const at = (count: number) =>
      checkOf(
        'points',
        facts(
          [{ ...notNull, perDay: parsePercent(0) }],
          [[D1, dayWith(848, holdsOn(notNull, count))]],
        ),
      );
    expect(at(424)?.verdict).toBe('PASS');
    expect(at(423)?.verdict).toBe('FAIL');
    expect(at(423)?.observed).toBe('423/848 (49.8%)');
  });

  it('fails for one bad day in a range that is good as a whole, and names it', () => {
    const check = checkOf(
      'points',
      facts(
        [notNull],
        [
          [D1, dayWith(100, holdsOn(notNull, 100))],
          [D2, dayWith(10, holdsOn(notNull, 1))],
        ],
      ),
    );
    expect(check?.verdict).toBe('FAIL');
    expect(check?.days).toEqual(parseDaySet('2022-01-02'));
  });

  it('forgives one row of a small day, never two', () => {
    const strict: Check = { ...notNull, atLeast: parsePercent(50), perDay: parsePercent(95) };
    const with5 = (good: number) =>
      checkOf('points', facts([strict], [[D1, dayWith(5, holdsOn(strict, good))]]));
    expect(with5(4)?.verdict).toBe('PASS');
    expect(with5(3)?.verdict).toBe('FAIL');
  });

  it('forgives nothing on a day that must be whole, in a range that need not be', () => {
    const strict: Check = { ...notNull, atLeast: parsePercent(99), perDay: parsePercent(100) };
    const days: [Day, DayProfile][] = [[D1, dayWith(1000, holdsOn(strict, 999))]];
    expect(checkOf('points', facts([strict], days))?.verdict).toBe('FAIL');
  });

  it('forgives nothing at 100 percent', () => {
    const strict: Check = { ...notNull, atLeast: parsePercent(100), perDay: parsePercent(100) };
    const check = checkOf('points', facts([strict], [[D1, dayWith(1000, holdsOn(strict, 999))]]));
    expect(check).toMatchObject({ verdict: 'FAIL', observed: '999/1000 (99.9%)' });
  });
});

describe('coverage', () => {
  it('finds the missing game of a day that has rows', () => {
    const ids = measuresOfCheck(gamesThere)[0] ?? '';
    const check = checkOf(
      'games',
      facts(
        [gamesThere],
        [
          [D1, dayWith(2, { [ids]: 'g1' })],
          [D2, dayWith(2, { [ids]: 'g9' })],
        ],
      ),
    );
    expect(check).toMatchObject({ verdict: 'FAIL', days: parseDaySet('2022-01-02') });
    expect(check?.message).toContain('g2');
  });

  it('never expects preseason, and says how many games it left out and why', () => {
    expect(schedule.games.has(day('2022-01-03'))).toBe(false);
    expect(schedule.leftOut).toEqual([{ reason: 'season type preseason is not wanted', games: 1 }]);
  });
});

describe('built-in checks', () => {
  it('fail a table with a stale day, whatever else holds', () => {
    const all = facts(
      [dayCoverage],
      [
        [D1, dayWith(2)],
        [D2, dayWith(2)],
      ],
      { stale: parseDaySet('2022-01-02') },
    );
    expect(judgeTable(all)).toMatchObject({ verdict: 'FAIL', badDays: parseDaySet('2022-01-02') });
    expect(outcomesOf(all, judgeTable(all), new Map())).toEqual({
      VERIFIED: parseDaySet('2022-01-01'),
      STALE: parseDaySet('2022-01-02'),
    });
  });

  it('fail a table with rows that have no day', () => {
    const all = facts(
      [dayCoverage],
      [
        [D1, dayWith(2)],
        [D2, dayWith(2)],
      ],
    );
    expect(judgeTable({ ...all, profile: { ...all.profile, rowsWithoutDay: 1 } }).verdict).toBe(
      'FAIL',
    );
  });
});

describe('severity and waivers', () => {
  it('a failing check that only warns makes the table WARN and no day bad', () => {
    const warns: Check = { ...notNull, severity: 'warn' };
    const judged = judgeTable(
      facts(
        [dayCoverage, warns],
        [
          [D1, dayWith(9)],
          [D2, dayWith(9)],
        ],
      ),
    );
    expect(judged).toMatchObject({ verdict: 'WARN', badDays: [] });
  });

  it('a waived day does not fail, and the table never gets a plain PASS for it', () => {
    const waiver = {
      table: parseTableName('a.t'),
      check: 'days',
      days: parseDaySet('2022-01-02'),
      reason: 'arena closed',
      who: 'ana',
      until: day('2026-12-31'),
    };
    const judged = judgeTable(facts([dayCoverage], [[D1, dayWith(2)]], { waivers: [waiver] }));
    expect(judged.verdict).toBe('WARN');
    expect(judged.checks[0]?.message).toContain('ana');
  });

  it('a floor counts only when the range covers its span', () => {
    const floor: Check = {
      ...base,
      applies: { from: D1, to: day('2022-12-31') },
      id: 'floor',
      kind: 'row-count',
      per: { of: 'range', atLeast: 35_000, atMost: null },
    };
    expect(checkOf('floor', facts([dayCoverage, floor], [[D1, dayWith(2)]]))).toBeUndefined();
  });
});

describe('outcomes', () => {
  it('tell apart never ran, ran and wrote nothing, and failed', () => {
    const all = facts([dayCoverage], []);
    const history = new Map([[D1, { status: 'success', readAt: '' } as const]]);
    const outcomes = outcomesOf(all, judgeTable(all), history);
    expect(outcomes).toEqual({
      EMPTY_SUSPECT: parseDaySet('2022-01-01'),
      NEVER_RAN: parseDaySet('2022-01-02'),
    });
    expect(countDays(outcomes.VERIFIED ?? [])).toBe(0);
  });
});
