import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { formatShare, parsePercent, reaches, staysWithin } from '../../shared/core/percent.ts';

describe('a share against a threshold', () => {
  it.each([
    [806, 848, 95, true],
    [805, 848, 95, false],
    [995, 1000, 99.5, true],
    [9949, 10000, 99.5, false],
    [0, 10, 0, true],
  ])('%i of %i reaches %f %%: %s', (part, whole, percent, expected) => {
    expect(reaches(part, whole, parsePercent(percent))).toBe(expected);
  });

  it('of nothing neither reaches nor stays within anything, 0 and 1000 percent included', () => {
    for (const percent of [0, 95, 1000]) {
      expect(reaches(0, 0, parsePercent(percent))).toBe(false);
      expect(staysWithin(0, 0, parsePercent(percent))).toBe(false);
    }
  });

  it('reaches and stays within exactly where both bounds meet', () => {
    const counts = fc.tuple(fc.nat(10_000), fc.integer({ min: 1, max: 10_000 }));
    fc.assert(
      fc.property(counts, fc.nat(10_000), ([part, whole], hundredths) => {
        const bound = parsePercent(hundredths / 100);
        const isEqual = BigInt(part) * 10_000n === BigInt(hundredths) * BigInt(whole);
        expect(reaches(part, whole, bound) && staysWithin(part, whole, bound)).toBe(isEqual);
      }),
      { seed: 95 },
    );
  });

  it('is never written better than it is', () => {
    expect(formatShare(9996, 10000)).toBe('9996/10000 (99.9%)');
    expect(formatShare(0, 0)).toBe('0/0');
  });
});
