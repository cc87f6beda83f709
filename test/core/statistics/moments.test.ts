import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  type MomentState,
  mergeMoments,
  momentsOf,
  NO_VALUES,
} from '../../../shared/core/statistics/moments.ts';
import { answered } from './answered.ts';

const stateOf = (values: readonly number[]): MomentState =>
  values.length === 0
    ? NO_VALUES
    : {
        n: values.length,
        sum: values.reduce((sum, x) => sum + x, 0),
        sumOfSquares: values.reduce((sum, x) => sum + x * x, 0),
        min: Math.min(...values),
        max: Math.max(...values),
      };
const whole = fc.integer({ min: -1000, max: 1000 });
const someDays = fc.array(fc.array(whole, { maxLength: 12 }), { minLength: 1, maxLength: 12 });

describe('moments', () => {
  it('are the mean and the sample standard deviation', () => {
    const moments = answered(momentsOf(stateOf([2, 4, 4, 4, 5, 5, 7, 9])), 'moments');
    expect(moments).toMatchObject({ n: 8, mean: 5, min: 2, max: 9 });
    expect(moments.standardDeviation).toBeCloseTo(Math.sqrt(32 / 7), 12);
  });

  it('merged over days are those of all the values', () => {
    fc.assert(
      fc.property(someDays, (days) => {
        expect(mergeMoments(days.map(stateOf))).toEqual(stateOf(days.flat()));
      }),
      { seed: 1 },
    );
  });

  it('do not depend on the order of the days', () => {
    const mixed = someDays.chain((days) =>
      fc.tuple(fc.constant(days), fc.shuffledSubarray(days, { minLength: days.length })),
    );
    fc.assert(
      fc.property(mixed, ([days, other]) => {
        expect(mergeMoments(other.map(stateOf))).toEqual(mergeMoments(days.map(stateOf)));
      }),
      { seed: 2 },
    );
  });

  it('agree with two passes over the values', () => {
    fc.assert(
      fc.property(fc.array(whole, { minLength: 2, maxLength: 50 }), (values) => {
        const moments = answered(momentsOf(stateOf(values)), 'moments');
        const mean = values.reduce((sum, x) => sum + x, 0) / values.length;
        const squares = values.reduce((sum, x) => sum + (x - mean) ** 2, 0);
        expect(moments.mean).toBeCloseTo(mean, 9);
        expect(moments.standardDeviation).toBeCloseTo(Math.sqrt(squares / (values.length - 1)), 6);
      }),
      { seed: 3 },
    );
  });

  it('move with a shift and stretch with a scale', () => {
    fc.assert(
      fc.property(
        fc.array(whole, { minLength: 2, maxLength: 30 }),
        whole,
        fc.constantFrom(-4, 0.5, 8),
        (values, shift, scale) => {
          const plain = answered(momentsOf(stateOf(values)), 'moments');
          const moved = answered(
            momentsOf(stateOf(values.map((x) => scale * (x + shift)))),
            'moments',
          );
          expect(moved.mean).toBeCloseTo(scale * (plain.mean + shift), 6);
          expect(moved.standardDeviation).toBeCloseTo(
            Math.abs(scale) * Number(plain.standardDeviation),
            4,
          );
        },
      ),
      { seed: 4 },
    );
  });

  it('of a constant have a deviation of exactly 0, though its squares do not cancel', () => {
    const thirds = Array.from({ length: 7 }, () => 0.1);
    const { sum, sumOfSquares } = stateOf(thirds);
    expect(sumOfSquares - (sum * sum) / 7).not.toBe(0);
    expect(momentsOf(stateOf(thirds))).toMatchObject({ standardDeviation: 0, mean: 0.1 });
  });

  it('never guess a deviation that was lost in rounding', () => {
    const lost = stateOf([1e9, 1e9 + 1, 1e9 + 2, 1e9 + 1]);
    expect(answered(momentsOf(lost), 'moments')).toMatchObject({
      mean: 1e9 + 1,
      standardDeviation: { kind: 'not-enough' },
    });
  });

  it('never give NaN or a negative deviation, however large the mean beside the spread', () => {
    const values = fc.array(fc.nat(3), { minLength: 2, maxLength: 20 });
    const offsets = fc.integer({ min: 0, max: 12 }).map((power) => 10 ** power);
    fc.assert(
      fc.property(values, offsets, (xs, offset) => {
        const moments = answered(momentsOf(stateOf(xs.map((x) => x + offset))), 'moments');
        const mean = xs.reduce((sum, x) => sum + x, 0) / xs.length;
        const squares = xs.reduce((sum, x) => sum + (x - mean) ** 2, 0);
        const truth = Math.sqrt(squares / (xs.length - 1));
        const deviation = moments.standardDeviation;
        if (typeof deviation === 'number') {
          expect(Math.abs(deviation - truth)).toBeLessThanOrEqual(0.011 * truth);
        } else {
          expect(offset).toBeGreaterThanOrEqual(1e5);
        }
      }),
      { seed: 5, numRuns: 500 },
    );
  });

  it('are not enough without a value, and one value has no deviation', () => {
    expect(momentsOf(NO_VALUES)).toEqual({ kind: 'not-enough', reason: 'no value' });
    expect(momentsOf(stateOf([3]))).toMatchObject({
      mean: 3,
      standardDeviation: { kind: 'not-enough' },
    });
  });

  it.each([
    ['a sum that is NaN', { sum: Number.NaN }],
    ['squares that overflowed', { sumOfSquares: Number.POSITIVE_INFINITY }],
    ['no min', { min: null }],
    ['a min above the max', { min: 10 }],
    ['a mean outside min and max', { sum: 400 }],
    ['squares too small for min and max', { sumOfSquares: 190 }],
    ['squares too large for min and max', { sumOfSquares: 2000 }],
    ['half a row', { n: 7.5 }],
  ])('are not enough with %s', (_, spoilt) => {
    const sound = stateOf([2, 4, 4, 4, 5, 5, 7, 9]);
    expect(momentsOf({ ...sound, ...spoilt }).kind).toBe('not-enough');
  });
});
