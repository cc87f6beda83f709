import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { kolmogorovSmirnov } from '../../../shared/core/statistics/kolmogorov-smirnov.ts';
import { populationStability } from '../../../shared/core/statistics/population-stability.ts';
import { answered } from './answered.ts';

const pairs = fc
  .array(fc.tuple(fc.integer({ min: 0, max: 5000 }), fc.integer({ min: 0, max: 5000 })), {
    minLength: 2,
    maxLength: 10,
  })
  .map((bins) => ({
    old: [10_000, ...bins.map(([a]) => a)],
    now: [10_000, ...bins.map(([, b]) => b)],
  }));

describe.each([
  { name: 'the population stability index', distance: populationStability },
  { name: 'the binned Kolmogorov-Smirnov distance', distance: kolmogorovSmirnov },
])('$name', ({ distance }) => {
  it('is 0 for equal shares, whatever the number of rows', () => {
    fc.assert(
      fc.property(pairs, fc.integer({ min: 1, max: 9 }), ({ old }, times) => {
        const more = old.map((count) => count * times);
        const drift = answered(distance(old.concat(0), more.concat(0)), 'drift');
        expect(drift.distance).toBeCloseTo(0, 9);
        expect(drift.level).toBe('nothing');
      }),
      { seed: 1 },
    );
  });

  it('is never negative and the same in both directions', () => {
    fc.assert(
      fc.property(pairs, ({ old, now }) => {
        const there = answered(distance(old, now), 'drift');
        expect(there.distance).toBeGreaterThanOrEqual(0);
        expect(answered(distance(now, old), 'drift').distance).toBeCloseTo(there.distance, 12);
      }),
      { seed: 2 },
    );
  });

  it('says nothing of few rows, unless they show more than chance could', () => {
    expect(distance([25, 25, 25, 25], [7, 4, 5, 4]).kind).toBe('not-enough');
    expect(distance([100, 0, 0, 0], [0, 0, 0, 20])).toMatchObject({ level: 'act' });
  });

  it('is not enough for bins that do not match, have no rows, or are no counts', () => {
    const kind = (old: number[], now: number[]) => distance(old, now).kind;
    expect(kind([900, 900], [900, 900, 900])).toBe('not-enough');
    expect(kind([900], [900])).toBe('not-enough');
    expect(kind([0, 0], [900, 900])).toBe('not-enough');
    expect(kind([900, 900], [0, 0])).toBe('not-enough');
    expect(kind([900, 900], [900, Number.NaN])).toBe('not-enough');
    expect(kind([900, 900], [901, -1])).toBe('not-enough');
  });
});

describe('the population stability index', () => {
  it('sums (a − e) ln(a / e) over the bins', () => {
    const { distance, level } = answered(populationStability([5000, 5000], [6000, 4000]), 'drift');
    expect(distance).toBeCloseTo(0.1 * Math.log(1.2) - 0.1 * Math.log(0.8), 12);
    expect(level).toBe('nothing');
  });

  it('asks for a look from 0.1 on and for action from 0.25 on', () => {
    const level = (now: number) =>
      answered(populationStability([5000, 5000], [now, 10_000 - now]), 'drift').level;
    expect([level(6550), level(6560), level(7390), level(7410)]).toEqual([
      'nothing',
      'look',
      'look',
      'act',
    ]);
  });

  it('counts an empty bin as half a row', () => {
    const { distance } = answered(populationStability([9000, 1000], [10_000, 0]), 'drift');
    const empty = 0.5 / 10_000;
    expect(distance).toBeCloseTo(
      0.1 * Math.log(1 / 0.9) + (empty - 0.1) * Math.log(empty / 0.1),
      12,
    );
  });

  it('does not depend on the order of the bins', () => {
    fc.assert(
      fc.property(pairs, ({ old, now }) => {
        const there = answered(populationStability(old, now), 'drift').distance;
        const back = populationStability(old.toReversed(), now.toReversed());
        expect(answered(back, 'drift').distance).toBeCloseTo(there, 9);
      }),
      { seed: 3 },
    );
  });

  it('needs about 340 rows on each side for ten bins', () => {
    const bins = (count: number) => Array(10).fill(count);
    expect(populationStability(bins(33), bins(33)).kind).toBe('not-enough');
    expect(populationStability(bins(35), bins(35)).kind).toBe('drift');
  });
});

describe('the binned Kolmogorov-Smirnov distance', () => {
  it('is the largest difference of the cumulated shares', () => {
    const answer = kolmogorovSmirnov([400, 300, 200, 100], [100, 300, 200, 400]);
    expect(answer).toEqual({ kind: 'drift', distance: 0.3, level: 'act' });
  });

  it('is exact at its bounds', () => {
    const level = (now: number) =>
      answered(kolmogorovSmirnov([5000, 5000], [now, 10_000 - now]), 'drift').level;
    expect([level(5999), level(6000), level(7499), level(7500)]).toEqual([
      'nothing',
      'look',
      'look',
      'act',
    ]);
  });

  it('is never more than 1, and never more with wider bins', () => {
    fc.assert(
      fc.property(pairs, ({ old, now }) => {
        const merged = (bins: readonly number[]) => [bins[0]! + bins[1]!, ...bins.slice(2)];
        const fine = answered(kolmogorovSmirnov(old, now), 'drift').distance;
        const coarse = answered(kolmogorovSmirnov(merged(old), merged(now)), 'drift').distance;
        expect(fine).toBeLessThanOrEqual(1);
        expect(coarse).toBeLessThanOrEqual(fine);
      }),
      { seed: 4 },
    );
  });
});
