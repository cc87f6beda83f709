import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { benjaminiHochberg } from '../../../shared/core/statistics/benjamini-hochberg.ts';
import { compareShares } from '../../../shared/core/statistics/two-proportions.ts';
import { answered } from './answered.ts';

const of = (k: number, n: number) => ({ k, n });
const counts = fc
  .integer({ min: 1, max: 400 })
  .chain((n) => fc.record({ k: fc.integer({ min: 0, max: n }), n: fc.constant(n) }));

describe('two shares', () => {
  it('200 of 1,000 against 150 of 1,000 give the z test of the textbook', () => {
    const { test, p } = answered(compareShares(of(200, 1000), of(150, 1000)), 'compared');
    expect(test).toBe('z');
    expect(p).toBeCloseTo(0.0032562696284120637, 12);
  });

  it('are compared exactly where a cell expects fewer than 5 rows', () => {
    expect(compareShares(of(10, 20), of(9, 20))).toMatchObject({ test: 'z' });
    const tea = answered(compareShares(of(3, 4), of(1, 4)), 'compared');
    expect(tea.test).toBe('exact');
    expect(tea.p).toBeCloseTo(34 / 70, 9);
  });

  it('see that a day lost everything, though its baseline never missed a row', () => {
    const lost = answered(compareShares(of(100_000, 100_000), of(0, 200)), 'compared');
    expect(lost.p).toBeLessThan(1e-100);
  });

  it('give the same p-value in both directions, for what holds and for what is missing', () => {
    fc.assert(
      fc.property(counts, counts, (a, b) => {
        const there = answered(compareShares(a, b), 'compared');
        const back = answered(compareShares(b, a), 'compared');
        const missing = (c: typeof a) => of(c.n - c.k, c.n);
        const mirrored = answered(compareShares(missing(a), missing(b)), 'compared');
        expect(back.p).toBeCloseTo(there.p, 9);
        expect(mirrored.p).toBeCloseTo(there.p, 9);
        expect(there.p).toBeGreaterThanOrEqual(0);
        expect(there.p).toBeLessThanOrEqual(1);
      }),
      { seed: 1 },
    );
  });

  it('that are equal are never told apart', () => {
    fc.assert(
      fc.property(counts, fc.integer({ min: 1, max: 9 }), ({ k, n }, times) => {
        const same = answered(compareShares(of(k, n), of(k * times, n * times)), 'compared');
        expect(same.p).toBeCloseTo(1, 6);
      }),
      { seed: 2 },
    );
  });

  it('are not enough without rows', () => {
    expect(compareShares(of(0, 0), of(1, 2)).kind).toBe('not-enough');
    expect(compareShares(of(1, 2), of(0, 0)).kind).toBe('not-enough');
  });
});

describe('the correction for many tests', () => {
  const PAPER = [
    0.0001, 0.0004, 0.0019, 0.0095, 0.0201, 0.0278, 0.0298, 0.0344, 0.0459, 0.324, 0.4262, 0.5719,
    0.6528, 0.759, 1,
  ];
  const pValues = fc.array(
    fc.integer({ min: 0, max: 1000 }).map((n) => n / 1000),
    {
      minLength: 1,
      maxLength: 60,
    },
  );
  const rejectedOf = (ps: readonly number[]) => {
    const { largest } = answered(benjaminiHochberg(ps), 'rejections');
    return ps.map((p) => largest !== null && p <= largest);
  };

  it('rejects four of the fifteen p-values of the paper of 1995', () => {
    expect(answered(benjaminiHochberg(PAPER), 'rejections').largest).toBe(0.0095);
  });

  it('rejects a p-value above its own line when a later one is below its', () => {
    expect(rejectedOf([0.04, 0.03, 0.045])).toEqual([true, true, true]);
  });

  it('rejects nothing where one uncorrected test in twenty would', () => {
    expect(rejectedOf(Array.from({ length: 20 }, (_, at) => (at + 1) / 20))).not.toContain(true);
  });

  it('lies between Bonferroni and no correction', () => {
    fc.assert(
      fc.property(pValues, (ps) => {
        for (const [at, rejected] of rejectedOf(ps).entries()) {
          if (ps[at]! * ps.length <= 0.05) expect(rejected).toBe(true);
          if (ps[at]! > 0.05) expect(rejected).toBe(false);
        }
      }),
      { seed: 4 },
    );
  });

  it('answers each p-value the same in any order', () => {
    const mixed = pValues.chain((ps) =>
      fc.tuple(fc.constant(ps), fc.shuffledSubarray(ps, { minLength: ps.length })),
    );
    const standing = (ps: readonly number[]) =>
      ps.filter((_, at) => rejectedOf(ps)[at]).sort((a, b) => a - b);
    fc.assert(
      fc.property(mixed, ([ps, other]) => {
        expect(standing(other)).toEqual(standing(ps));
      }),
      { seed: 5 },
    );
  });

  it('is not enough without a test, and refuses what is no probability', () => {
    expect(benjaminiHochberg([]).kind).toBe('not-enough');
    expect(() => benjaminiHochberg([0.5, Number.NaN])).toThrow(/p-value 2 of 2 is NaN/);
  });
});
