import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { mannKendall } from '../../../shared/core/statistics/mann-kendall.ts';
import { theilSenSlope } from '../../../shared/core/statistics/theil-sen.ts';
import { answered, normalValues } from './answered.ts';

const evenly = (values: readonly number[]) => values.map((value, at) => ({ at, value }));
const wholes = fc.array(fc.integer({ min: -500, max: 500 }), { minLength: 8, maxLength: 40 });

describe('the Theil-Sen slope', () => {
  it('is that of the line, though one point in four is far off', () => {
    const line = Array.from({ length: 12 }, (_, at) => 2 * at + 7);
    const spoilt = line.with(3, 1e6).with(7, -1e6).with(11, 1e6);
    expect(theilSenSlope(evenly(spoilt))).toEqual({ kind: 'slope', perUnit: 2 });
  });

  it('is the mean of the two middle slopes of 28 pairs', () => {
    const values = [3, 1, 4, 1, 5, 9, 2, 6];
    const slopes = values
      .flatMap((later, j) => values.slice(0, j).map((value, i) => (later - value) / (j - i)))
      .sort((a, b) => a - b);
    expect(slopes[13]).toBeLessThan(slopes[14]!);
    expect(theilSenSlope(evenly(values))).toEqual({
      kind: 'slope',
      perUnit: (slopes[13]! + slopes[14]!) / 2,
    });
  });

  it('counts in the unit of the places, gaps included', () => {
    const points = [0, 1, 2, 9, 10, 40, 41, 50].map((at) => ({ at, value: -0.5 * at }));
    expect(theilSenSlope(points)).toEqual({ kind: 'slope', perUnit: -0.5 });
  });

  it('grows by the slope of a line that is added', () => {
    fc.assert(
      fc.property(wholes, fc.integer({ min: -9, max: 9 }), (values, added) => {
        const plain = answered(theilSenSlope(evenly(values)), 'slope');
        const tilted = values.map((value, at) => value + added * at);
        const answer = answered(theilSenSlope(evenly(tilted)), 'slope');
        expect(answer.perUnit).toBeCloseTo(plain.perUnit + added, 9);
      }),
      { seed: 1 },
    );
  });

  it('is not enough for few points, for points out of order, and for NaN', () => {
    const line = evenly([1, 2, 3, 4, 5, 6, 7, 8]);
    expect(theilSenSlope(line.slice(1)).kind).toBe('not-enough');
    expect(theilSenSlope(line.with(5, { at: 4, value: 6 }))).toEqual({
      kind: 'not-enough',
      reason: 'point 6 does not lie after the one before it',
    });
    expect(theilSenSlope(line.with(5, { at: 5, value: Number.NaN })).kind).toBe('not-enough');
  });
});

describe('the Mann-Kendall test', () => {
  it('of ten rising values gives S = 45 and z = 44 / √125', () => {
    const { s, p } = answered(mannKendall([1, 2, 3, 4, 5, 6, 7, 8, 9, 10]), 'trend');
    expect(s).toBe(45);
    expect(p).toBeCloseTo(8.303070332644974e-5, 12);
  });

  it('takes equal values out of the variance', () => {
    const { s, p } = answered(mannKendall([1, 1, 2, 2, 3, 3, 4, 4, 5, 4]), 'trend');
    expect(s).toBe(37);
    expect(p).toBeCloseTo(0.0009349694954940241, 12);
  });

  it('turns its sign and keeps its p-value when the series is read backwards', () => {
    fc.assert(
      fc.property(wholes, (values) => {
        const there = answered(mannKendall(values), 'trend');
        const back = answered(mannKendall(values.toReversed()), 'trend');
        expect(back.s).toBe(-there.s || 0);
        expect(back.p).toBe(there.p);
      }),
      { seed: 2 },
    );
  });

  it('sees only the order, so no rising transformation changes it', () => {
    fc.assert(
      fc.property(wholes, (values) => {
        const cubed = values.map((x) => 3 * x ** 3 + 5);
        expect(mannKendall(cubed)).toEqual(mannKendall(values));
      }),
      { seed: 3 },
    );
  });

  it('finds no trend in a constant', () => {
    expect(mannKendall(Array(12).fill(7))).toEqual({ kind: 'trend', s: 0, p: 1 });
  });

  it('has a p-value below 0.05 in about 5 % of series without a trend', () => {
    const noise = normalValues(5, 2000 * 20);
    const below = Array.from({ length: 2000 }, (_, at) =>
      answered(mannKendall(noise.slice(at * 20, at * 20 + 20)), 'trend'),
    ).filter(({ p }) => p < 0.05).length;
    expect(below).toBeGreaterThan(60);
    expect(below).toBeLessThan(130);
  });

  it('is not enough for 7 values, and for NaN', () => {
    expect(mannKendall([1, 2, 3, 4, 5, 6, 7]).kind).toBe('not-enough');
    expect(mannKendall([1, 2, 3, 4, 5, 6, 7, Number.NaN]).kind).toBe('not-enough');
  });
});
