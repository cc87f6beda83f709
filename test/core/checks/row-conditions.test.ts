import { describe, expect, it } from 'vitest';
import type { Condition } from '../../../shared/core/checks/condition.ts';
import type { DayInId } from '../../../shared/core/checks/day-in-id.ts';
import type { FallbackShare } from '../../../shared/core/checks/fallback-share.ts';
import { kindOf } from '../../../shared/core/checks/kinds.ts';
import type { Pattern } from '../../../shared/core/checks/pattern.ts';
import { parseDaySet } from '../../../shared/core/day-set.ts';
import { complementOf, parsePercent } from '../../../shared/core/percent.ts';
import { pipelineOf, table } from '../build.ts';
import { base, itemsOf } from '../table-facts.ts';
import { judged, WHOLE } from './two-days.ts';

const condition: Condition = {
  ...base,
  ...WHOLE,
  id: 'sane',
  kind: 'condition',
  holds: 'points >= 0',
  where: null,
};
const pattern: Pattern = {
  ...base,
  ...WHOLE,
  id: 'form',
  kind: 'pattern',
  column: 'game_id',
  pattern: "^\\d{8}'$",
  where: null,
};
const dayInId: DayInId = {
  ...base,
  ...WHOLE,
  id: 'day',
  kind: 'day-in-id',
  column: 'game_id',
  position: 3,
  day: 'game_date',
  where: null,
};
const fallback: FallbackShare = {
  ...base,
  ...WHOLE,
  id: 'primary',
  kind: 'fallback-share',
  column: 'team',
  primary: ['gamebook', "o'neal"],
  where: null,
  atLeast: complementOf(parsePercent(10)),
  perDay: complementOf(parsePercent(50)),
};
const problems = (check: Condition | Pattern) =>
  kindOf(check).problems?.(check, table('a.t'), pipelineOf(table('a.t')));

describe.each([condition, pattern, dayInId])('$kind', (check) => {
  const rows = (count: number, holds: number) => [count, count, holds];

  it('passes when every row keeps it', () => {
    expect(judged(check, [rows(9, 9), rows(4, 4)])).toMatchObject({
      verdict: 'PASS',
      observed: '13/13 (100.0%)',
    });
  });

  it('fails for a single row that does not, a NULL too, and names its day', () => {
    expect(judged(check, [rows(9, 9), rows(4, 3)])).toMatchObject({
      verdict: 'FAIL',
      days: parseDaySet('2022-01-02'),
    });
  });

  it('shows nothing without a row', () => {
    expect(judged(check, [null])?.verdict).toBe('UNKNOWN');
  });
});

describe('condition', () => {
  it('says UNKNOWN where the rows it is about are fewer than a day must have', () => {
    const some = { ...condition, where: 'points IS NOT NULL', minimumPerDay: 10 };
    expect(
      judged(some, [
        [30, 10, 10],
        [30, 9, 9],
      ]),
    ).toMatchObject({
      verdict: 'UNKNOWN',
      days: parseDaySet('2022-01-02'),
    });
    expect(judged(some, [[30, 10, 10]])?.verdict).toBe('PASS');
  });

  it.each(['TRUE', "'points' = 'points'", '1 = 1'])(
    'is refused when it is the same for every row: %s',
    (holds) => {
      expect(problems({ ...condition, holds })?.join()).toContain('same for every row');
    },
  );

  it('is accepted when it names a column', () => {
    expect(problems(condition)).toEqual([]);
  });
});

describe('pattern', () => {
  it('reaches the warehouse as one text, its quotes and backslashes escaped', () => {
    expect(itemsOf(pattern).at(-1)).toBe(
      "COUNT(CASE WHEN (REGEXP_CONTAINS(`game_id`, '^\\\\d{8}\\'$')) THEN 1 END)",
    );
  });

  it.each([
    ['', 'fits every text'],
    ['.*', 'fits every text'],
    ['[a-z]*', 'fits every text'],
    ['^.*$', 'fits every text'],
    ['(?i)x?', 'fits every text'],
    ['^(\\d{8}$', 'not a regular expression'],
    ['^\\d{8}(?!_)', 'looks around'],
    ['(?<=a)b', 'looks around'],
    ['^(a)\\1$', 'refers back'],
  ])('is refused when it is %j: %s', (text, reason) => {
    expect(problems({ ...pattern, pattern: text })?.join()).toContain(reason);
  });

  it.each(['^\\d{8}_[A-Z]{3}_[A-Z]{3}$', '^$', '(?i)^lal$', '(?P<day>\\d{8})', '\\\\1', '.'])(
    'is accepted when it is %j',
    (text) => {
      expect(problems({ ...pattern, pattern: text })).toEqual([]);
    },
  );
});

describe('day-in-id', () => {
  it('compares the eight characters from its position on with the day of the row', () => {
    expect(itemsOf(dayInId).at(-1)).toContain(
      "SUBSTR(`game_id`, 3, 8) = FORMAT_DATE('%Y%m%d', `game_date`)",
    );
  });
});

describe('fallback-share', () => {
  const rows = (count: number, primary: number) => [count, count, primary];

  it('passes at its threshold of the range, and fails one row beyond', () => {
    const strict = { ...fallback, perDay: parsePercent(0) };
    expect(judged(strict, [rows(100, 90)])?.verdict).toBe('PASS');
    expect(judged(strict, [rows(100, 89)])?.verdict).toBe('FAIL');
  });

  it('fails for a day that is mostly fallback in a range that is not', () => {
    expect(judged(fallback, [rows(1000, 1000), rows(10, 4)])).toMatchObject({
      verdict: 'FAIL',
      days: parseDaySet('2022-01-02'),
    });
  });

  it('counts a row without a source as not from the primary one', () => {
    expect(itemsOf(fallback).at(-1)).toBe(
      "COUNT(CASE WHEN (`team` IN ('gamebook', 'o\\'neal')) THEN 1 END)",
    );
  });

  it('shows nothing without a row', () => {
    expect(judged(fallback, [null])?.verdict).toBe('UNKNOWN');
  });
});

describe('what is left to 100 percent', () => {
  it.each([
    [10, '90'],
    [0.3, '99.7'],
    [33.25, '66.75'],
    [99.999999, '0.000001'],
    [0.5, '99.5'],
    [100, '0'],
    [250, '0'],
  ])('of %d is %s', (percent, rest) => {
    const { text, numerator, denominator } = complementOf(parsePercent(percent));
    expect(text).toBe(rest);
    expect(Number(numerator) / Number(denominator)).toBe(Number(rest));
  });
});
