import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { bandMean } from '../../../shared/core/statistics/mean-bands.ts';
import { bandShare } from '../../../shared/core/statistics/ratio-bands.ts';
import { answered } from './answered.ts';

const of = (k: number, n = 1000) => ({ k, n });
const band = (old: number, now: number) => {
  const { band, from } = answered(bandShare(of(old), of(now)), 'band');
  return `${band} from ${from}`;
};

describe('the band of a share', () => {
  it('changes exactly at 0.90, 0.95 and 1.05 of the old one', () => {
    expect(band(400, 359)).toBe('REGRESSION from held');
    expect(band(400, 360)).toBe('DEGRADATION from held');
    expect(band(400, 379)).toBe('DEGRADATION from held');
    expect(band(400, 380)).toBe('OK from held');
    expect(band(400, 419)).toBe('OK from held');
    expect(band(400, 420)).toBe('IMPROVEMENT from held');
  });

  it('is exact where doubles are not', () => {
    const old = { k: 10 ** 15, n: 10 ** 15 };
    const at = (k: number) => bandShare(old, { k, n: 10 ** 15 });
    expect(at(9 * 10 ** 14 - 1)).toMatchObject({ band: 'REGRESSION' });
    expect(at(9 * 10 ** 14)).toMatchObject({ band: 'DEGRADATION' });
  });

  it('sees that ten times as much is missing where the ratio sees nothing', () => {
    expect(band(995, 946)).toBe('DEGRADATION from missing');
  });

  it('lets the missing share double, or grow by one point, and not both', () => {
    expect(band(980, 960)).toBe('OK from held');
    expect(band(980, 959)).toBe('DEGRADATION from missing');
    expect(band(1000, 990)).toBe('OK from held');
    expect(band(1000, 989)).toBe('DEGRADATION from missing');
  });

  it('is OK when nothing is missing before and after', () => {
    expect(band(1000, 1000)).toBe('OK from held');
  });

  it('never gets worse as more rows hold', () => {
    const badness = { IMPROVEMENT: 0, OK: 1, DEGRADATION: 2, REGRESSION: 3 };
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 1000 }), fc.nat(999), (old, now) => {
        const here = answered(bandShare(of(old), of(now)), 'band');
        const more = answered(bandShare(of(old), of(now + 1)), 'band');
        expect(badness[more.band]).toBeLessThanOrEqual(badness[here.band]);
      }),
      { seed: 1, numRuns: 1000 },
    );
  });

  it('does not depend on how many rows carry the share', () => {
    fc.assert(
      fc.property(fc.nat(500), fc.nat(500), fc.integer({ min: 1, max: 99 }), (old, now, times) => {
        expect(bandShare(of(old * times, 500 * times), of(now, 500))).toEqual(
          bandShare(of(old, 500), of(now * times, 500 * times)),
        );
      }),
      { seed: 2 },
    );
  });

  it('is no band when the old share is 0', () => {
    expect(bandShare(of(0), of(0))).toEqual({ kind: 'nothing-on-both-sides' });
    expect(bandShare(of(0), of(1))).toEqual({ kind: 'no-baseline' });
  });

  it('is a regression when everything is lost', () => {
    expect(band(1, 0)).toBe('REGRESSION from held');
  });

  it('is not enough without rows on a side', () => {
    const reason = (side: string) => ({ kind: 'not-enough', reason: `${side}: no eligible row` });
    expect(bandShare(of(0, 0), of(5))).toEqual(reason('the baseline is 0/0'));
    expect(bandShare(of(5), of(0, 0))).toEqual(reason('the new share is 0/0'));
    expect(bandShare(of(7, 5), of(5)).kind).toBe('not-enough');
  });
});

describe('the band of a mean', () => {
  const mean = (old: number, now: number, least = 0) =>
    answered(bandMean(old, now, least), 'band').band;

  it('changes after 5 and after 10 %, up and down alike', () => {
    expect([mean(100, 95), mean(100, 94.9), mean(100, 90), mean(100, 89.9)]).toEqual([
      'OK',
      'DEGRADATION',
      'DEGRADATION',
      'REGRESSION',
    ]);
    expect([mean(100, 105), mean(100, 105.1), mean(100, 110), mean(100, 110.1)]).toEqual([
      'OK',
      'DEGRADATION',
      'DEGRADATION',
      'REGRESSION',
    ]);
  });

  it('does not let rounding decide at an edge', () => {
    expect([mean(1, 1.05), mean(0.1, 0.095), mean(3, 3.3)]).toEqual(['OK', 'OK', 'DEGRADATION']);
  });

  it('is the same for the negated column', () => {
    const numbers = fc.integer({ min: 1, max: 10_000 });
    fc.assert(
      fc.property(numbers, numbers, (old, now) => {
        const plain = answered(bandMean(old, now, 0), 'band');
        const negated = answered(bandMean(-old, -now, 0), 'band');
        expect(negated.band).toBe(plain.band);
      }),
      { seed: 3 },
    );
  });

  it('is a regression when the sign changes', () => {
    expect(mean(5, -5)).toBe('REGRESSION');
  });

  it('is OK when the mean moved less than what matters', () => {
    expect(mean(0.01, 0.03, 0.5)).toBe('OK');
    expect(mean(0.01, 0.51, 0.5)).toBe('REGRESSION');
  });

  it('is no band without an old mean, and refuses what is no number', () => {
    expect(bandMean(0, 0, 0)).toEqual({ kind: 'nothing-on-both-sides' });
    expect(bandMean(0, 3, 0)).toEqual({ kind: 'no-baseline' });
    expect(bandMean(1, Number.NaN, 0).kind).toBe('not-enough');
    expect(() => bandMean(1, 1, -1)).toThrow(/least change is -1/);
  });
});
