import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  countDays,
  daySetOf,
  eachDay,
  formatDaySet,
  intersect,
  parseDaySet,
  subtract,
  union,
} from '../../shared/core/day-set.ts';
import { dayOfNumber, parseDay } from '../../shared/core/days.ts';

const someDays = fc
  .array(fc.integer({ min: 19_000, max: 19_060 }), { maxLength: 40 })
  .map((numbers) => new Set(numbers.map(dayOfNumber)));

describe('a day set', () => {
  it('answers like a plain set of days', () => {
    fc.assert(
      fc.property(someDays, someDays, (a, b) => {
        const [x, y] = [daySetOf(a), daySetOf(b)];
        expect([...eachDay(union(x, y))]).toEqual([...a.union(b)].sort());
        expect([...eachDay(intersect(x, y))]).toEqual([...a.intersection(b)].sort());
        expect([...eachDay(subtract(x, y))]).toEqual([...a.difference(b)].sort());
        expect(countDays(x)).toBe(a.size);
      }),
    );
  });

  it('reads back what it wrote, in one form only', () => {
    fc.assert(
      fc.property(someDays, (days) => {
        fc.pre(days.size > 0);
        const set = daySetOf(days);
        expect(parseDaySet(formatDaySet(set).join(','))).toEqual(set);
      }),
    );
  });

  it.each([
    '2022-02-31',
    '2022-13-01',
    '2022-1-1',
    '',
    'today',
    '2022-01-02..2022-01-01',
    '2022-01-01..',
  ])('refuses %j', (text) => {
    expect(() => parseDaySet(text)).toThrow();
  });

  it('knows leap days', () => {
    expect(parseDay('2024-02-29')).toBe('2024-02-29');
    expect(() => parseDay('2023-02-29')).toThrow('2023-02-29');
  });
});
