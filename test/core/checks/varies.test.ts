import { describe, expect, it } from 'vitest';
import type { Varies } from '../../../shared/core/checks/varies.ts';
import { base } from '../table-facts.ts';
import { judged, nth, SEASON } from './two-seasons.ts';

const check: Varies = {
  ...base,
  id: 'varies',
  kind: 'varies',
  column: 'points',
  where: null,
  perDay: false,
  minimumPopulation: 10,
  minimumDays: 1,
};
const season = SEASON[2021];
const oneDay = { from: nth(2021, 0), to: nth(2021, 0) };

describe('varies', () => {
  it('passes when one day differs from all the others', () => {
    expect(judged(check, season, (_, n) => (n === 7 ? [5, 4, 4] : [5, 3, 3]))?.verdict).toBe(
      'PASS',
    );
  });

  it('fails for one constant over the range, and says which', () => {
    const found = judged(check, season, () => [5, 0, 0]);
    expect(found).toMatchObject({ verdict: 'FAIL', observed: 'always 0', days: [season] });
  });

  it('judges texts by equality alone', () => {
    expect(judged(check, season, () => [5, 'gold', 'gold'])?.verdict).toBe('FAIL');
    expect(judged(check, season, () => [5, 'gold', 'silver'])?.verdict).toBe('PASS');
  });

  it('says UNKNOWN, not constant, when all values are NULL', () => {
    const found = judged(check, season, () => [0, null, null]);
    expect(found?.verdict).toBe('UNKNOWN');
    expect(found?.message).toContain('NULL');
  });

  it('says UNKNOWN of nine values, and judges ten', () => {
    expect(judged(check, oneDay, () => [9, 1, 1])?.verdict).toBe('UNKNOWN');
    expect(judged(check, oneDay, () => [10, 1, 1])?.verdict).toBe('FAIL');
  });

  it('names with perDay the days that are constant, and leaves out days of too few values', () => {
    const daily = { ...check, perDay: true };
    const found = judged(daily, season, (_, n) =>
      n === 3 ? [12, 7, 7] : n === 4 ? [2, 7, 7] : [12, 1, 9],
    );
    expect(found).toMatchObject({
      verdict: 'FAIL',
      days: [{ from: nth(2021, 3), to: nth(2021, 3) }],
      observed: 'always 7 on 1 of 29 days',
    });
    expect(found?.message).toContain('29 of 30 days have enough of them to tell');
  });

  it('says that its constant is an example where days have different ones', () => {
    const found = judged({ ...check, perDay: true }, season, (_, n) =>
      n < 3 ? [12, n + 5, n + 5] : [12, 1, 9],
    );
    expect(found?.observed).toBe('always one value, e.g. 5, on 3 of 30 days');
  });

  it('says UNKNOWN with perDay when no day has enough values', () => {
    expect(judged({ ...check, perDay: true }, season, () => [9, 1, 2])?.verdict).toBe('UNKNOWN');
  });
});
