import { describe, expect, it } from 'vitest';
import type { Check } from '../../shared/core/check.ts';
import { parseDaySet } from '../../shared/core/day-set.ts';
import type { Day } from '../../shared/core/days.ts';
import { judgeTable } from '../../shared/core/judge/judge-table.ts';
import type { DayProfile } from '../../shared/core/profile.ts';
import { scheduleOf } from '../../shared/core/schedule.ts';
import { ROW_COUNT } from '../../shared/core/state-item.ts';
import { day, dayCoverage } from './build.ts';
import {
  base,
  checkOf,
  D1,
  D2,
  dayWith,
  facts,
  game,
  gamesThere,
  itemsOf,
  notNull,
  spec,
  unique,
} from './table-facts.ts';

describe('nothing passes vacuously', () => {
  it('an empty table fails its days and shows nothing else', () => {
    const judged = judgeTable(facts([dayCoverage, notNull, unique, gamesThere], []));
    expect(judged.verdict).toBe('FAIL');
    expect(judged.checks.filter((check) => check.verdict === 'PASS').map(({ id }) => id)).toEqual([
      'fresh',
      'placed',
      'schema',
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
    const refused = new Map([[itemsOf(notNull).at(-1) ?? '', 'no column points']]);
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
    const ids = itemsOf(floor(2))[0] ?? '';
    const days: [Day, DayProfile][] = [
      [D1, dayWith(2, { [ids]: 'g1' })],
      [D2, dayWith(2, { [ids]: 'g2' })],
    ];
    expect(checkOf('floor', facts([floor(2)], days))?.verdict).toBe('PASS');
    expect(checkOf('floor', facts([floor(3)], days))?.verdict).toBe('FAIL');
    expect(checkOf('floor', facts([floor(1)], []))?.verdict).toBe('FAIL');
    expect(checkOf('floor', facts([floor(0)], []))?.verdict).toBe('UNKNOWN');
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
