import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { median, medianAbsoluteDeviation } from '../../../shared/core/statistics/median.ts';
import { leaveOneOut, robustZ } from '../../../shared/core/statistics/robust-z.ts';
import { answered, normalValues } from './answered.ts';

const whole = fc.integer({ min: -1000, max: 1000 });
const histories = fc.array(whole, { minLength: 8, maxLength: 40 });
const shuffled = <T>(values: readonly T[]) =>
  fc.shuffledSubarray([...values], { minLength: values.length });

describe('median and MAD', () => {
  it('are the middle of the values and the middle of their distances from it', () => {
    expect(median([6, 1, 14, 2, 9])).toBe(6);
    expect(median([6, 1, 2, 9])).toBe(4);
    expect(medianAbsoluteDeviation([1, 1, 2, 2, 4, 6, 9])).toBe(1);
  });

  it('order values as numbers and not as texts', () => {
    expect(median([100, 9, 20])).toBe(20);
  });

  it('do not overflow', () => {
    expect(median([1.7e308, 1.7e308])).toBe(1.7e308);
  });

  it('are not enough for no value and for NaN', () => {
    expect(median([])).toMatchObject({ kind: 'not-enough' });
    expect(medianAbsoluteDeviation([1, Number.NaN])).toEqual({
      kind: 'not-enough',
      reason: 'value 2 of 2 is NaN, not a finite number',
    });
  });
});

describe('a robust z', () => {
  const oneToNine = [1, 2, 3, 4, 5, 6, 7, 8, 9];

  it('is the distance from the median in scaled median absolute deviations', () => {
    const { z, p, median, scale, isOutlying } = answered(robustZ(20, oneToNine, 0), 'z');
    expect({ median, scale, isOutlying }).toEqual({ median: 5, scale: 2.9652, isOutlying: true });
    expect(z).toBeCloseTo(15 / 2.9652, 12);
    expect(p).toBeCloseTo(0.0146708964769255, 12);
  });

  it('is negative below the median', () => {
    expect(answered(robustZ(-10, oneToNine, 0), 'z').z).toBeCloseTo(-15 / 2.9652, 12);
  });

  it('is outlying beyond 3.5 and not before', () => {
    const at = (z: number) => answered(robustZ(5 + z * 2.9652, oneToNine, 0), 'z').isOutlying;
    expect([at(3.49), at(3.51), at(-3.49), at(-3.51)]).toEqual([false, true, false, true]);
  });

  it('is never given for 7 others or fewer, however far the point lies', () => {
    const few = fc.array(whole, { maxLength: 7 });
    fc.assert(
      fc.property(few, fc.integer(), (others, point) => {
        expect(robustZ(point, others, 0).kind).toBe('not-enough');
      }),
      { seed: 1 },
    );
  });

  it('does not change when everything is shifted and scaled', () => {
    fc.assert(
      fc.property(
        whole,
        histories,
        whole,
        fc.constantFrom(-8, -1, 0.5, 4),
        (x, others, shift, scale) => {
          const moved = (value: number) => scale * (value + shift);
          const before = robustZ(x, others, 0);
          const after = robustZ(moved(x), others.map(moved), 0);
          expect(after.kind).toBe(before.kind);
          if (before.kind === 'z' && after.kind === 'z') {
            expect(after.z).toBeCloseTo(Math.sign(scale) * before.z, 9);
          }
        },
      ),
      { seed: 2 },
    );
  });

  it('does not depend on the order of the others', () => {
    const pairs = histories.chain((others) => fc.tuple(fc.constant(others), shuffled(others)));
    fc.assert(
      fc.property(pairs, whole, ([others, mixed], x) => {
        expect(robustZ(x, mixed, 0)).toEqual(robustZ(x, others, 0));
      }),
      { seed: 3 },
    );
  });

  it('is a comparison with the tolerance when the others are constant', () => {
    const constant = Array.from({ length: 10 }, () => 240);
    const at = (x: number) => robustZ(x, constant, 5);
    expect(at(245)).toEqual({ kind: 'constant', median: 240, isOutlying: false });
    expect(at(234)).toEqual({ kind: 'constant', median: 240, isOutlying: true });
  });

  it('takes rounding for no spread at all', () => {
    const third = Array.from({ length: 10 }, (_, at) => 0.3 + (at % 3) * 2 ** -54);
    expect(robustZ(0.31, third, 0.05)).toMatchObject({ kind: 'constant', isOutlying: false });
  });

  it('is not enough when a value is not finite', () => {
    expect(robustZ(Number.NaN, oneToNine, 0).kind).toBe('not-enough');
    expect(robustZ(1, [...oneToNine, Number.POSITIVE_INFINITY], 0).kind).toBe('not-enough');
  });

  it('is refused with a tolerance that is no distance', () => {
    expect(() => robustZ(1, oneToNine, -1)).toThrow(/tolerance is -1; give a finite number/);
    expect(() => robustZ(1, oneToNine, Number.NaN)).toThrow(/tolerance is NaN/);
  });

  it.each([
    { others: 8, least: 0.025, most: 0.05 },
    { others: 30, least: 0.04, most: 0.06 },
  ])('has a p-value below 0.05 in at most 5 % of normal cases with $others others', (c) => {
    const values = normalValues(c.others, 4000 * (c.others + 1));
    const ps = Array.from({ length: 4000 }, (_, at) => {
      const [point, ...others] = values.slice(at * (c.others + 1), (at + 1) * (c.others + 1));
      return answered(robustZ(point!, others, 0), 'z').p;
    });
    const below = ps.filter((p) => p < 0.05).length / ps.length;
    expect(below).toBeGreaterThan(c.least);
    expect(below).toBeLessThan(c.most);
  });
});

describe('leave one out', () => {
  it('compares each point with the others and never with itself', () => {
    fc.assert(
      fc.property(fc.array(whole, { minLength: 9, maxLength: 20 }), (series) => {
        expect(leaveOneOut(series, 1)).toEqual(
          series.map((x, at) => robustZ(x, [...series.slice(0, at), ...series.slice(at + 1)], 1)),
        );
      }),
      { seed: 4 },
    );
  });

  it('finds the one planted point, wherever it lies', () => {
    fc.assert(
      fc.property(
        fc.array(fc.integer({ min: 95, max: 105 }), { minLength: 13, maxLength: 13 }),
        fc.nat(13),
        (noise, at) => {
          const answers = leaveOneOut(noise.toSpliced(at, 0, 900), 20);
          expect(answers[at]).toMatchObject({ isOutlying: true });
        },
      ),
      { seed: 5 },
    );
  });

  it('sees a point that would mask itself in its own baseline', () => {
    fc.assert(
      fc.property(
        fc.uniqueArray(fc.integer({ min: 0, max: 30 }), { minLength: 13, maxLength: 13 }),
        fc.integer({ min: 1000, max: 1_000_000 }),
        (noise, jump) => {
          const series = [...noise, jump];
          expect(classicZ(jump, series)).toBeLessThanOrEqual(13 / Math.sqrt(14) + 1e-9);
          expect(classicZ(jump, series)).toBeLessThan(3.5);
          expect(answered(leaveOneOut(series, 0)[13]!, 'z').z).toBeGreaterThan(30);
        },
      ),
      { seed: 6 },
    );
  });

  it('flags nothing in a series of 8 or fewer, each point having 7 others at most', () => {
    fc.assert(
      fc.property(fc.array(fc.integer(), { minLength: 1, maxLength: 8 }), (series) => {
        const kinds = leaveOneOut(series, 0).map(({ kind }) => kind);
        expect(kinds).toEqual(series.map(() => 'not-enough'));
      }),
      { seed: 7 },
    );
  });
});

function classicZ(point: number, series: readonly number[]): number {
  const mean = series.reduce((sum, x) => sum + x, 0) / series.length;
  const squares = series.reduce((sum, x) => sum + (x - mean) ** 2, 0);
  return (point - mean) / Math.sqrt(squares / (series.length - 1));
}
