import { describe, expect, it } from 'vitest';
import { estimateOf, type Sample } from '../../../shared/core/estimate/sample.ts';

const at = (date: number) => `2025-11-${String(date).padStart(2, '0')}T03:00:00.000Z`;
const of = (days: number, amount: number, date = 1): Sample => ({ days, amount, at: at(date) });

describe('an estimate', () => {
  it('without any sample is not known', () => {
    expect(estimateOf([], 10, true)).toBeNull();
  });

  it('is the median of what each day took, between the fastest and the slowest', () => {
    const samples = [of(10, 10, 3), of(20, 40, 2), of(10, 60, 4)];
    expect(estimateOf(samples, 10, true)).toEqual({
      low: 10,
      middle: 20,
      high: 60,
      basis: { of: 3, since: at(2), isAlike: true, isThin: false },
    });
  });

  it('rests on work of a like size alone, where there are three pieces of it', () => {
    const nights = [1, 2, 3, 4].map((date) => of(1, 30, date));
    const whole = [of(100, 200), of(200, 400), of(300, 600)];
    expect(estimateOf([...nights, ...whole], 160, true)).toMatchObject({ low: 320, high: 320 });
    const mixed = estimateOf([...nights, whole[0]!], 160, true);
    expect(mixed).toMatchObject({ high: 4_800, basis: { of: 5, isAlike: false } });
  });

  it('does not grow with the days where the work does not', () => {
    expect(estimateOf([of(10, 7), of(20, 7), of(30, 7)], 20, false)).toMatchObject({ middle: 7 });
  });

  it('from one or two pieces is told as half to twice, since they show no spread', () => {
    expect(estimateOf([of(10, 10)], 10, true)).toMatchObject({
      ...{ low: 5, middle: 10, high: 20 },
      basis: { of: 1, isThin: true },
    });
  });
});
