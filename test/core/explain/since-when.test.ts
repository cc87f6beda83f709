import { describe, expect, it } from 'vitest';
import { parseDaySet } from '../../../shared/core/day-set.ts';
import { sinceWhen } from '../../../shared/core/explain/since-when.ts';
import { jan, TEN } from './judged.ts';

describe('since when something is bad', () => {
  it('is nothing where no day is bad', () => {
    expect(sinceWhen(TEN, [])).toBeNull();
  });

  it('is everywhere where no day holds', () => {
    expect(sinceWhen(TEN, TEN)).toEqual({ shape: 'everywhere' });
  });

  it.each([
    ['in the middle', '3..5', '2022-01-03', '2022-01-05'],
    ['on one day', '7', '2022-01-07', '2022-01-07'],
    ['to the end', '8..10', '2022-01-08', '2022-01-10'],
  ])('names first and last day of one stretch %s', (_, bad, from, to) => {
    expect(sinceWhen(TEN, jan(bad))).toEqual({ shape: 'unbroken', from, to });
  });

  it('goes on over days on which nothing was expected', () => {
    const expected = parseDaySet('2022-01-01..2022-01-03,2022-01-06..2022-01-10');
    expect(sinceWhen(expected, jan('3,6'))).toEqual({
      shape: 'unbroken',
      from: '2022-01-03',
      to: '2022-01-06',
    });
  });

  it('is a change when the last stretch is longer than all before it together', () => {
    expect(sinceWhen(TEN, jan('2,4,7..10'))).toEqual({
      shape: 'onward',
      from: '2022-01-07',
      daysBefore: 2,
    });
    expect(sinceWhen(TEN, jan('2,4,9..10'))).toEqual({ shape: 'scattered', stretches: 3 });
  });

  it('is scattered when the last stretch ended before the range did', () => {
    expect(sinceWhen(TEN, jan('1,4..8'))).toEqual({ shape: 'scattered', stretches: 2 });
  });
});
