import { describe, expect, it } from 'vitest';
import { kindOf } from '../../../shared/core/checks/kinds.ts';
import type { Outliers } from '../../../shared/core/checks/outliers.ts';
import { pipelineOf, table } from '../build.ts';
import { base } from '../table-facts.ts';
import { BOTH, judged, nth, SEASON } from './two-seasons.ts';

const check: Outliers = {
  ...base,
  severity: 'warn',
  id: 'odd',
  kind: 'outliers',
  metric: { of: 'mean', column: 'points', where: null },
  minimumDeviation: 1,
  minimumDays: 20,
};
/** Means that wander between 100 and 104. */
const usual = (n: number) => 100 + ((n * 7) % 5);
const season = SEASON[2021];

describe('outliers', () => {
  it('pass days that wander as days do', () => {
    expect(judged(check, season, (_, n) => [usual(n), 1])?.verdict).toBe('PASS');
  });

  it('fail for two days in a row that stand out on one side, and name days and values', () => {
    const found = judged(check, season, (_, n) => [n === 9 || n === 10 ? 20 : usual(n), 1]);
    const days = [{ from: nth(2021, 9), to: nth(2021, 10) }];
    expect(found).toMatchObject({ verdict: 'FAIL', days });
    expect(found?.message).toContain(`${nth(2021, 9)} 20 (others 102)`);
  });

  it('pass a day that stands out alone, and still name it', () => {
    const found = judged(check, season, (_, n) => [n === 9 ? 20 : usual(n), 1]);
    expect(found?.verdict).toBe('PASS');
    expect(found?.message).toContain(`${nth(2021, 9)} 20`);
  });

  it('pass two neighbours that stand out on opposite sides', () => {
    const found = judged(check, season, (_, n) => [n === 9 ? 20 : n === 10 ? 200 : usual(n), 1]);
    expect(found?.verdict).toBe('PASS');
  });

  it('do not join the last day of a season to the first of the next', () => {
    const found = judged(check, BOTH, (on, n) => [
      on === nth(2021, 29) || on === nth(2022, 0) ? 20 : usual(n),
      1,
    ]);
    expect(found?.verdict).toBe('PASS');
  });

  it('hold days of one constant against the minimum deviation alone', () => {
    const share = { ...check, metric: { of: 'share', holds: 'points > 0', where: null } } as const;
    const at = (held: number) =>
      judged({ ...share, minimumDeviation: 5 }, season, (_, n) => [n < 2 ? held : 100, 100]);
    expect(at(95)?.verdict).toBe('PASS');
    expect(at(94)?.verdict).toBe('FAIL');
  });

  it('ignore a deviation that is many deviations and too small to matter', () => {
    const found = judged({ ...check, minimumDeviation: 90 }, season, (_, n) => [
      n === 9 || n === 10 ? 20 : usual(n),
      1,
    ]);
    expect(found?.verdict).toBe('PASS');
  });

  it('say UNKNOWN when too few days have a value, and do not apply to a short range', () => {
    expect(judged(check, season, (_, n) => [5, n < 19 ? 1 : 0])?.verdict).toBe('UNKNOWN');
    expect(judged(check, season, (_, n) => [5, n < 20 ? 1 : 0])?.verdict).toBe('PASS');
    const short = { from: nth(2021, 0), to: nth(2021, 18) };
    expect(judged(check, short, () => [5, 1])).toBeUndefined();
  });

  it('may only warn, and need nine days', () => {
    const place = table('a.t');
    expect(kindOf(check).isStatistical).toBe(true);
    const problems = (minimumDays: number) =>
      kindOf(check).problems?.({ ...check, minimumDays }, place, pipelineOf(place));
    expect(problems(8)?.[0]).toContain('outliers needs 9 days or more');
    expect(problems(9)).toEqual([]);
  });
});
