import { describe, expect, it } from 'vitest';
import type { Check } from '../../shared/core/check.ts';
import { countDays, parseDaySet } from '../../shared/core/day-set.ts';
import type { Day } from '../../shared/core/days.ts';
import { parseTableName } from '../../shared/core/ids.ts';
import { judgeTable } from '../../shared/core/judge/judge-table.ts';
import { outcomesOf } from '../../shared/core/judge/outcomes.ts';
import { parsePercent } from '../../shared/core/percent.ts';
import type { DayProfile } from '../../shared/core/profile.ts';
import { day, dayCoverage } from './build.ts';
import {
  base,
  checkOf,
  D1,
  D2,
  dayWith,
  facts,
  gamesThere,
  holdsOn,
  itemsOf,
  notNull,
  schedule,
} from './table-facts.ts';

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
    const ids = itemsOf(gamesThere)[0] ?? '';
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
    expect(schedule.leftOut).toEqual([
      {
        reason: 'season type preseason is not wanted',
        games: 1,
        byDay: [{ day: '2022-01-03', games: 1 }],
      },
    ]);
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

  it('a waiver of days that the check is not judged on changes nothing, and is not told', () => {
    const waiver = {
      table: parseTableName('a.t'),
      check: 'days',
      days: parseDaySet('2022-01-03..2022-12-31'),
      reason: 'arena closed',
      who: 'ana',
      until: day('2026-12-31'),
    };
    const rows: [Day, DayProfile][] = [
      [D1, dayWith(2)],
      [D2, dayWith(2)],
    ];
    const found = checkOf('days', facts([dayCoverage], rows, { waivers: [waiver] }));
    expect(found).toEqual(checkOf('days', facts([dayCoverage], rows)));
    expect(found).toMatchObject({ verdict: 'PASS' });
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
