import { describe, expect, it } from 'vitest';
import type { Distribution } from '../../../shared/core/checks/distribution.ts';
import { kindOf } from '../../../shared/core/checks/kinds.ts';
import { pipelineOf, table } from '../build.ts';
import { base } from '../table-facts.ts';
import { type Answers, daysOf, judged, nth, SEASON } from './two-seasons.ts';

const check: Distribution = {
  ...base,
  id: 'spread',
  kind: 'distribution',
  column: 'points',
  where: null,
  mean: { min: 9, max: 11 },
  standardDeviation: { min: 1, max: 3 },
  minimumPopulation: 30,
  minimumDays: 1,
};
const NOTHING: Answers = [0, null, null, null, null];
/** What a scan answers for these values: n, sum, sum of squares, min, max. */
const of = (...values: number[]): Answers => [
  values.length,
  values.reduce((sum, x) => sum + x, 0),
  values.reduce((sum, x) => sum + x * x, 0),
  Math.min(...values),
  Math.max(...values),
];
const season = SEASON[2021];

describe('distribution', () => {
  it('passes when mean and standard deviation lie within their bands', () => {
    const found = judged(check, season, () => of(8, 12));
    expect(found).toMatchObject({ verdict: 'PASS', observed: 'mean 10, sd 2.017 of 60 values' });
  });

  it('passes exactly on the edge of a band, and not beyond it', () => {
    const at = (min: number) =>
      judged({ ...check, mean: { min, max: null } }, season, () => of(8, 12))?.verdict;
    expect([at(10), at(10.01)]).toEqual(['PASS', 'FAIL']);
  });

  it('fails for a mean outside, and names the days that are to blame', () => {
    const found = judged(check, season, (_, n) => (n < 5 ? of(30, 34) : of(8, 12)));
    expect(found).toMatchObject({
      verdict: 'FAIL',
      days: [{ from: nth(2021, 0), to: nth(2021, 4) }],
    });
  });

  it('fails for a spread outside though every mean is right, and names all days', () => {
    const found = judged(check, season, () => of(0, 20));
    expect(found).toMatchObject({ verdict: 'FAIL', days: [season] });
  });

  it('says UNKNOWN when every value is NULL', () => {
    const found = judged(check, season, () => NOTHING);
    expect(found).toMatchObject({ verdict: 'UNKNOWN', days: [] });
    expect(found?.message).toContain('no value');
  });

  it('says UNKNOWN below its minimum population, and judges from it on', () => {
    const first = (count: number) =>
      judged(check, season, (_, n) => (n < count ? of(8, 12) : NOTHING))?.verdict;
    expect([first(14), first(15)]).toEqual(['UNKNOWN', 'PASS']);
  });

  it('says UNKNOWN when the spread is lost in rounding, if the spread is judged at all', () => {
    const huge: Answers = [2, 2e12 + 1, 2e24 + 2e12 + 1, 1e12, 1e12 + 1];
    const bands = { mean: { min: 0, max: null }, standardDeviation: { min: 0.1, max: null } };
    const mean = { ...bands, standardDeviation: { min: null, max: null } };
    expect(judged({ ...check, ...bands }, season, () => huge)?.verdict).toBe('UNKNOWN');
    expect(judged({ ...check, ...mean }, season, () => huge)?.verdict).toBe('PASS');
  });

  it('does not apply to a range with fewer expected days than it needs', () => {
    const long = { ...check, minimumDays: 3 };
    const range = { from: nth(2021, 0), to: nth(2021, 1) };
    expect(judged(long, range, () => of(8, 12))).toBeUndefined();
    expect(
      judged({ ...check, minimumDays: 2, minimumPopulation: 2 }, range, () => of(8, 12))?.verdict,
    ).toBe('PASS');
    expect(daysOf(nth(2021, 0), nth(2021, 1))).toEqual([range]);
  });

  it('is refused without any bound, with bounds that exclude each other, and on a text', () => {
    const open = { min: null, max: null };
    const place = table('a.t');
    const problems = (some: Partial<Distribution>) =>
      kindOf(check).problems?.({ ...check, ...some }, place, pipelineOf(place));
    expect(problems({ mean: open, standardDeviation: open })?.[0]).toContain('never fail');
    expect(problems({ mean: { min: 2, max: 1 } })?.[0]).toContain('never hold');
    expect(problems({ column: 'team' })?.[0]).toContain('STRING');
    expect(problems({})).toEqual([]);
  });
});
