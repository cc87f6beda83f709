import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { changeOfMean } from '../../../shared/core/statistics/change-of-mean.ts';
import { changeOfShare } from '../../../shared/core/statistics/change-of-share.ts';
import { answered, normalValues } from './answered.ts';

const days = (length: number, k: number, n = 100) => Array.from({ length }, () => ({ k, n }));

describe('the day since when a share is another', () => {
  it('is the first empty day of a column that was filled before', () => {
    expect(changeOfShare([...days(20, 97), ...days(10, 0)])).toMatchObject({
      kind: 'change',
      index: 20,
      before: { k: 1940, n: 2000 },
      after: { k: 0, n: 1000 },
    });
  });

  it('comes with the likelihood ratio of the two shares against one', () => {
    const answer = answered(changeOfShare([...days(5, 100), ...days(5, 0)]), 'change');
    expect(answer.logLikelihoodRatio).toBeCloseTo(1000 * Math.log(2), 9);
  });

  it('has its likelihood ratio divided by how much neighbours differ within a level', () => {
    const restless = [90, 70, 90, 70, 90].map((k) => ({ k, n: 100 }));
    const answer = answered(changeOfShare([...restless, ...days(5, 0)]), 'change');
    const dispersion = 0.2 ** 2 / (0.82 * 0.18 * (2 / 100));
    const ratio =
      410 * Math.log(0.82) + 90 * Math.log(0.18) - (410 * Math.log(0.41) + 590 * Math.log(0.59));
    expect(answer.logLikelihoodRatio).toBeCloseTo(ratio / dispersion, 9);
  });

  it('is found when a column that was always full is empty from one day on', () => {
    fc.assert(
      fc.property(
        fc
          .integer({ min: 8, max: 60 })
          .chain((n) => fc.tuple(fc.constant(n), fc.integer({ min: 2, max: n - 2 }))),
        fc.integer({ min: 10, max: 100_000 }),
        ([length, planted], rows) => {
          const series = [...days(planted, rows, rows), ...days(length - planted, 0, rows)];
          expect(changeOfShare(series)).toMatchObject({ kind: 'change', index: planted });
        },
      ),
      { seed: 7 },
    );
  });

  it('is found where it was planted, among days that differ', () => {
    const noise = fc.array(fc.integer({ min: -2, max: 2 }), { minLength: 40, maxLength: 40 });
    fc.assert(
      fc.property(noise, fc.integer({ min: 2, max: 38 }), (wobble, planted) => {
        const series = wobble.map((w, at) => ({ k: (at < planted ? 95 : 40) + w, n: 100 }));
        expect(changeOfShare(series)).toMatchObject({ kind: 'change', index: planted });
      }),
      { seed: 1 },
    );
  });

  it('is mirrored when the days are read backwards', () => {
    fc.assert(
      fc.property(fc.integer({ min: 2, max: 18 }), (planted) => {
        const series = [...days(planted, 90), ...days(20 - planted, 30)].reverse();
        expect(changeOfShare(series)).toMatchObject({ kind: 'change', index: 20 - planted });
      }),
      { seed: 2 },
    );
  });

  it('is the same for the rows that hold and the rows that are missing', () => {
    const counts = fc.array(fc.nat(20), { minLength: 8, maxLength: 30 });
    fc.assert(
      fc.property(counts, (ks) => {
        const held = changeOfShare(ks.map((k) => ({ k, n: 20 })));
        const missing = changeOfShare(ks.map((k) => ({ k: 20 - k, n: 20 })));
        expect(missing.kind).toBe(held.kind);
        if (held.kind === 'change' && missing.kind === 'change') {
          expect(missing.logLikelihoodRatio).toBeCloseTo(held.logLikelihoodRatio, 6);
        }
      }),
      { seed: 3 },
    );
  });

  it('is never a day without rows', () => {
    const series = [...days(10, 95), ...days(3, 0, 0), ...days(10, 20)];
    expect(changeOfShare(series)).toMatchObject({ kind: 'change', index: 13 });
  });

  it('is none when every day has the same share', () => {
    fc.assert(
      fc.property(fc.integer({ min: 8, max: 60 }), fc.nat(100), (length, k) => {
        expect(changeOfShare(days(length, k)).kind).toBe('no-change');
      }),
      { seed: 4 },
    );
  });

  it('is none when the days always differed by more than chance', () => {
    const calm = [...days(10, 900, 1000), ...days(10, 870, 1000)];
    const restless = calm.map(({ k, n }, at) => ({ k: k + (at % 2 === 0 ? 60 : -60), n }));
    expect(changeOfShare(calm)).toMatchObject({ kind: 'change', index: 10 });
    expect(changeOfShare(restless).kind).toBe('no-change');
  });

  it('is not one odd day, wherever it lies', () => {
    fc.assert(
      fc.property(fc.nat(29), fc.constantFrom(0, 50, 100), (at, k) => {
        expect(changeOfShare(days(30, 90).with(at, { k, n: 100 })).kind).toBe('no-change');
      }),
      { seed: 8 },
    );
  });

  it('must be worth half the logarithm of the rows and that of the days', () => {
    const price = Math.log(800) / 2 + Math.log(8);
    const answers = Array.from({ length: 20 }, (_, more) =>
      changeOfShare([...days(4, 50), ...days(4, 51 + more)]),
    );
    const ratios = answers.map((answer) => {
      if (answer.kind === 'not-enough') throw new Error(answer.reason);
      expect(answer.kind).toBe(answer.logLikelihoodRatio > price ? 'change' : 'no-change');
      return answer.logLikelihoodRatio;
    });
    expect(ratios.some((ratio) => ratio > price - 1 && ratio <= price)).toBe(true);
    expect(ratios.some((ratio) => ratio > price && ratio < price + 1)).toBe(true);
  });

  it('is still found when the share came back later', () => {
    const series = [...days(30, 100), ...days(100, 0), ...days(30, 100)];
    expect([30, 130]).toContain(answered(changeOfShare(series), 'change').index);
  });

  it('is not enough below 8 days with rows, and for an impossible count', () => {
    expect(changeOfShare([...days(7, 0), ...days(9, 0, 0)])).toEqual({
      kind: 'not-enough',
      reason: '7 days with rows, at least 8 are needed',
    });
    expect(changeOfShare([...days(9, 50), { k: 3, n: 2 }])).toMatchObject({
      reason: 'day 10 of 10 is 3 of 2, not a share of whole rows',
    });
  });
});

describe('the value since when a mean is another', () => {
  it('is the one with the least squares on both sides', () => {
    expect(changeOfMean([5, 6, 5, 6, 5, 6, 15, 16, 15, 16])).toMatchObject({
      kind: 'change',
      index: 6,
      before: 5.5,
      after: 15.5,
    });
  });

  it('comes with the normal likelihood ratio', () => {
    const answer = answered(changeOfMean([0, 1, 0, 1, 10, 11, 10, 11]), 'change');
    expect(answer.logLikelihoodRatio).toBeCloseTo(4 * Math.log(202 / 2), 9);
  });

  it('is found where it was planted, whatever the shift and the scale', () => {
    const noise = fc.array(fc.integer({ min: -3, max: 3 }), { minLength: 30, maxLength: 30 });
    fc.assert(
      fc.property(
        noise,
        fc.integer({ min: 2, max: 28 }),
        fc.integer({ min: -1e6, max: 1e6 }),
        fc.constantFrom(-1e-6, 1, 1e6),
        (wobble, planted, shift, scale) => {
          const series = wobble.map((w, at) => scale * (shift + w + (at < planted ? 0 : 40)));
          expect(changeOfMean(series)).toMatchObject({ kind: 'change', index: planted });
        },
      ),
      { seed: 5 },
    );
  });

  it('is not one odd value, wherever it lies', () => {
    fc.assert(
      fc.property(fc.nat(49), fc.constantFrom(-1000, 1000), (at, odd) => {
        const quiet = Array.from({ length: 50 }, (_, i) => (i % 3) - 1);
        expect(changeOfMean(quiet.with(at, odd)).kind).toBe('no-change');
      }),
      { seed: 6 },
    );
  });

  it('is large and finite for a step without noise', () => {
    const step = answered(changeOfMean([1, 1, 1, 1, 2, 2, 2, 2]), 'change');
    expect(step.index).toBe(4);
    expect(step.logLikelihoodRatio).toBeGreaterThan(50);
    expect(step.logLikelihoodRatio).toBeLessThan(1000);
  });

  it('is none for a constant, and for what differs only by rounding', () => {
    const constant = Array.from({ length: 12 }, () => 0.1);
    const rounded = constant.map((x, at) => (at < 6 ? x : x + 2 ** -54));
    expect([changeOfMean(constant).kind, changeOfMean(rounded).kind]).toEqual([
      'no-change',
      'no-change',
    ]);
  });

  it('is found in at most 4 % of series of 14 noisy values without a change', () => {
    const noise = normalValues(11, 2000 * 14);
    const changes = Array.from({ length: 2000 }, (_, at) =>
      changeOfMean(noise.slice(at * 14, at * 14 + 14)),
    ).filter(({ kind }) => kind === 'change');
    expect(changes.length).toBeLessThanOrEqual(80);
  });

  it('is not enough below 8 values, and for a value that is not finite', () => {
    expect(changeOfMean([1, 1, 1, 9, 9, 9, 9]).kind).toBe('not-enough');
    expect(changeOfMean([1, 2, 3, 4, 5, 6, 7, Number.NaN]).kind).toBe('not-enough');
    expect(changeOfMean([-1e308, -1e308, 0, 0, 0, 0, 1e308, 1e308]).kind).toBe('not-enough');
  });
});
