import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parsePercent } from '../../../shared/core/percent.ts';
import { decideSample, wilsonInterval } from '../../../shared/core/statistics/wilson.ts';
import { answered } from './answered.ts';

const samples = fc
  .integer({ min: 1, max: 5000 })
  .chain((n) => fc.record({ k: fc.integer({ min: 0, max: n }), n: fc.constant(n) }));

describe('the Wilson interval', () => {
  it.each([
    [776, 848, 89.4, 93.2],
    [806, 848, 93.4, 96.3],
    [13, 14, 68.5, 98.7],
    [14, 14, 78.5, 100],
    [0, 14, 0, 21.5],
  ])('of %d in %d is from %d to %d %', (k, n, lower, upper) => {
    const interval = answered(wilsonInterval({ k, n }), 'interval');
    const rounded = (share: number) => Math.round(share * 1000) / 10;
    expect([rounded(interval.lower), rounded(interval.upper)]).toEqual([lower, upper]);
  });

  it('ends exactly at 0 and at 1 when no row holds and when all do', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 1_000_000 }), (n) => {
        expect(wilsonInterval({ k: 0, n })).toMatchObject({ lower: 0 });
        expect(wilsonInterval({ k: n, n })).toMatchObject({ upper: 1 });
      }),
      { seed: 5 },
    );
  });

  it('holds the share itself, inside 0 to 1', () => {
    fc.assert(
      fc.property(samples, ({ k, n }) => {
        const { lower, upper } = answered(wilsonInterval({ k, n }), 'interval');
        expect(lower).toBeGreaterThanOrEqual(0);
        expect(lower).toBeLessThanOrEqual(k / n);
        expect(upper).toBeGreaterThanOrEqual(k / n);
        expect(upper).toBeLessThanOrEqual(1);
      }),
      { seed: 1 },
    );
  });

  it('of what is missing mirrors that of what holds', () => {
    fc.assert(
      fc.property(samples, ({ k, n }) => {
        const held = answered(wilsonInterval({ k, n }), 'interval');
        const missing = answered(wilsonInterval({ k: n - k, n }), 'interval');
        expect(missing.lower).toBeCloseTo(1 - held.upper, 12);
        expect(missing.upper).toBeCloseTo(1 - held.lower, 12);
      }),
      { seed: 2 },
    );
  });

  it('narrows as rows are added at the same share', () => {
    fc.assert(
      fc.property(samples, ({ k, n }) => {
        const few = answered(wilsonInterval({ k, n }), 'interval');
        const many = answered(wilsonInterval({ k: 10 * k, n: 10 * n }), 'interval');
        expect(many.upper - many.lower).toBeLessThan(few.upper - few.lower);
      }),
      { seed: 3 },
    );
  });

  it.each([
    { k: 0, n: 0 },
    { k: 3, n: 2 },
    { k: -1, n: 2 },
    { k: 0.5, n: 2 },
    { k: Number.NaN, n: 2 },
  ])('of $k in $n is not enough', (count) => {
    expect(wilsonInterval(count).kind).toBe('not-enough');
    expect(decideSample(count, parsePercent(0)).kind).toBe('not-enough');
  });
});

describe('a sample against a threshold', () => {
  const decide = (k: number, n: number, percent: number) =>
    answered(decideSample({ k, n }, parsePercent(percent)), 'decided').decision;

  it('passes when the whole interval reaches it', () => {
    expect(decide(776, 848, 89.4)).toBe('PASS');
  });

  it('fails when none of the interval reaches it', () => {
    expect(decide(776, 848, 95)).toBe('FAIL');
  });

  it('is undecided when 14 rows are all there is', () => {
    expect([decide(13, 14, 95), decide(14, 14, 95)]).toEqual(['undecided', 'undecided']);
  });

  it('is never a proof that every row holds, and one missing row disproves it', () => {
    expect([decide(5000, 5000, 100), decide(4999, 5000, 100)]).toEqual(['undecided', 'FAIL']);
  });

  it('passes a threshold of 0 whatever it holds', () => {
    expect(decide(0, 5, 0)).toBe('PASS');
  });

  it('never goes from FAIL to PASS as the threshold rises', () => {
    const worse = { PASS: 0, undecided: 1, FAIL: 2 };
    fc.assert(
      fc.property(samples, fc.nat(99), ({ k, n }, percent) => {
        expect(worse[decide(k, n, percent + 1)]).toBeGreaterThanOrEqual(
          worse[decide(k, n, percent)],
        );
      }),
      { seed: 4 },
    );
  });
});
