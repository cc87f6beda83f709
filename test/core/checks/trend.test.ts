import { describe, expect, it } from 'vitest';
import type { SuddenChange } from '../../../shared/core/checks/sudden-change.ts';
import type { Trend } from '../../../shared/core/checks/trend.ts';
import { base } from '../table-facts.ts';
import { judged, nth, SEASON } from './two-seasons.ts';

const SHARE = { of: 'share', holds: 'points IS NOT NULL', where: null } as const;
const MEAN = { of: 'mean', column: 'points', where: null } as const;
const warn = { ...base, severity: 'warn' } as const;
const trend: Trend = {
  ...warn,
  id: 'decay',
  kind: 'trend',
  metric: SHARE,
  toleranceOverRange: 10,
  minimumDays: 20,
};
const sudden: SuddenChange = {
  ...warn,
  id: 'step',
  kind: 'sudden-change',
  metric: SHARE,
  minimumChange: 5,
  minimumDays: 20,
};
const season = SEASON[2021];

describe('trend', () => {
  it('fails for a share that loses half a point a day, and says how much over the range', () => {
    const found = judged(trend, season, (_, n) => [1000 - 5 * n, 1000]);
    expect(found).toMatchObject({ verdict: 'FAIL', days: [season] });
    expect(found?.observed).toBe(
      `falls by 14.5 percentage points from ${nth(2021, 0)} to ${nth(2021, 29)}`,
    );
  });

  it('fails exactly from its tolerance on', () => {
    const at = (toleranceOverRange: number) =>
      judged({ ...trend, toleranceOverRange }, season, (_, n) => [1000 - 10 * n, 1000])?.verdict;
    expect([at(29), at(29.1)]).toEqual(['FAIL', 'PASS']);
  });

  it('passes a share that rises, and fails a mean that does', () => {
    expect(judged(trend, season, (_, n) => [500 + 5 * n, 1000])?.verdict).toBe('PASS');
    const mean = { ...trend, metric: MEAN };
    expect(judged(mean, season, (_, n) => [500 + 5 * n, 1])?.verdict).toBe('FAIL');
  });

  it('passes noise without a direction, and a constant', () => {
    expect(judged(trend, season, (_, n) => [(n * 37) % 100, 100])?.verdict).toBe('PASS');
    expect(judged(trend, season, () => [99, 100])?.verdict).toBe('PASS');
  });

  it('says UNKNOWN when days have nothing to divide by', () => {
    expect(judged(trend, season, (_, n) => [0, n < 19 ? 5 : 0])?.verdict).toBe('UNKNOWN');
    expect(judged(trend, season, (_, n) => [0, n < 20 ? 5 : 0])?.verdict).toBe('PASS');
  });
});

describe('sudden change', () => {
  it('names the day since when, and both rates', () => {
    const found = judged(sudden, season, (_, n) => [n < 12 ? 99 : 40, 100]);
    expect(found).toMatchObject({
      verdict: 'FAIL',
      observed: `since ${nth(2021, 12)}: 1188/1200 (99.0%) before, 720/1800 (40.0%) after`,
      days: [{ from: nth(2021, 12), to: nth(2021, 29) }],
    });
  });

  it('blames the days before when a share rises', () => {
    const found = judged(sudden, season, (_, n) => [n < 12 ? 40 : 99, 100]);
    expect(found?.days).toEqual([{ from: nth(2021, 0), to: nth(2021, 11) }]);
  });

  it('passes one level, and a change that is too small to matter', () => {
    expect(judged(sudden, season, (_, n) => [990 + (n % 3), 1000])?.verdict).toBe('PASS');
    expect(judged(sudden, season, (_, n) => [n < 12 ? 99_000 : 96_000, 100_000])?.verdict).toBe(
      'PASS',
    );
  });

  it('is exact at its minimum change', () => {
    const at = (minimumChange: number) =>
      judged({ ...sudden, minimumChange }, season, (_, n) => [n < 12 ? 75 : 50, 100])?.verdict;
    expect([at(25), at(25.1)]).toEqual(['FAIL', 'PASS']);
  });

  it('finds a step of rows per game, counted against the games of the schedule', () => {
    const rows = { ...sudden, metric: { of: 'rows-per-game' } } as const;
    const found = judged(rows, season, (_, n) => [n < 12 ? 40 + (n % 2) : 60 + (n % 2)]);
    expect(found?.observed).toBe(`since ${nth(2021, 12)}: 20.25 before, 30.25 after`);
  });

  it('says UNKNOWN on days without eligible rows, and does not apply to a short range', () => {
    expect(judged(sudden, season, () => [0, 0])?.verdict).toBe('UNKNOWN');
    const short = { from: nth(2021, 0), to: nth(2021, 18) };
    expect(judged(sudden, short, () => [5, 5])).toBeUndefined();
  });
});
