import { describe, expect, it } from 'vitest';
import type { Check } from '../../../shared/core/check.ts';
import { kindOf } from '../../../shared/core/checks/kinds.ts';
import type { Regression } from '../../../shared/core/checks/regression.ts';
import type { DaySpan } from '../../../shared/core/day-set.ts';
import type { Day } from '../../../shared/core/days.ts';
import { judgeTable } from '../../../shared/core/judge/judge-table.ts';
import { dayCoverage, pipelineOf, table } from '../build.ts';
import { base, checkOf, spec } from '../table-facts.ts';
import { type Answers, BOTH, factsOf, nth, SEASON, seasonStarts } from './two-seasons.ts';

const check: Regression = {
  ...base,
  severity: 'warn',
  id: 'worse',
  kind: 'regression',
  metric: { of: 'share', holds: 'points IS NOT NULL', where: 'points > 0' },
  baseline: { of: 'last-season' },
  sinceSeason: null,
  minimumDays: 7,
  minimumPopulation: 30,
  minimumChange: 0,
};
const blocking: Check = dayCoverage;

/** What each season answers on each of its days, judged beside a check that says what a sound baseline is. */
const judged = (
  some: Partial<Regression>,
  old: Answers,
  now: Answers,
  range: DaySpan = SEASON[2022],
  checks: readonly Check[] = [blocking],
) => {
  const regression = { ...check, ...some };
  const answer = ({ id }: Check, on: Day) =>
    id === 'worse' ? (on < SEASON[2022].from ? old : now) : [10];
  return checkOf('worse', factsOf([...checks, regression], range, answer));
};

describe('regression', () => {
  it.each([
    ['PASS', 'OK', 1000, 950],
    ['WARN', 'DEGRADATION', 1000, 949],
    ['WARN', 'DEGRADATION', 1000, 900],
    ['FAIL', 'REGRESSION', 1000, 899],
    ['PASS', 'IMPROVEMENT', 900, 945],
  ] as const)('answers %s, %s, for 4 × %i and then 4 × %i of 10,000', (verdict, band, old, now) => {
    // Of 10,000 a share around 40 %: what is missing cannot double there.
    const found = judged({}, [4 * old, 10_000], [4 * now, 10_000]);
    expect(found?.verdict).toBe(verdict);
    expect(found?.observed).toContain(`season 2022 with season 2021: ${band}, `);
  });

  it('bands what is missing as well: 99.5 to 94.6 percent is eleven times as much', () => {
    const found = judged({}, [995, 1000], [946, 1000]);
    expect(found?.verdict).toBe('WARN');
    expect(found?.observed).toContain('DEGRADATION');
  });

  it('names the days that fell, and none of those that did not', () => {
    const fell = nth(2022, 12);
    const answer = ({ id }: Check, on: Day) =>
      id !== 'worse' ? [10] : on >= fell ? [40, 100] : [90, 100];
    const found = checkOf('worse', factsOf([blocking, check], SEASON[2022], answer));
    expect(found).toMatchObject({ verdict: 'FAIL', days: [{ from: fell, to: SEASON[2022].to }] });
  });

  it('does not hold a lower share against few rows that chance explains', () => {
    const found = judged({}, [30, 50], [25, 50], { from: nth(2022, 0), to: nth(2022, 6) });
    expect(found?.verdict).toBe('FAIL');
    const few = judged({}, [5, 10], [3, 7], { from: nth(2022, 0), to: nth(2022, 6) });
    expect(few?.verdict).toBe('PASS');
    expect(few?.message).toContain('chance explains it');
  });

  it('never calls 0 after 0, or anything after 0, an improvement', () => {
    expect(judged({}, [0, 1000], [0, 1000])?.verdict).toBe('UNKNOWN');
    expect(judged({}, [0, 1000], [999, 1000])?.verdict).toBe('UNKNOWN');
  });

  it('says UNKNOWN when no row is eligible on either side', () => {
    expect(judged({}, [0, 0], [90, 100])?.verdict).toBe('UNKNOWN');
    expect(judged({}, [90, 100], [0, 0])?.verdict).toBe('UNKNOWN');
  });

  it('judges rows per game against the games of the schedule, upwards and downwards', () => {
    const rows = { metric: { of: 'rows-per-game' }, minimumChange: 0 } as const;
    // The day's row count is what the blocking check reads too: it must have rows.
    const seen = (old: number, now: number) => {
      const answer = (_: Check, on: Day) => [on < SEASON[2022].from ? old : now];
      return checkOf('worse', factsOf([blocking, { ...check, ...rows }], SEASON[2022], answer));
    };
    expect(seen(40, 40)?.verdict).toBe('PASS');
    expect(seen(40, 37)?.verdict).toBe('WARN');
    expect(seen(40, 48)?.verdict).toBe('FAIL');
    expect(seen(40, 20)?.observed).toContain('20 before, 10 now');
  });

  it('lets a mean near zero move by less than the minimum change', () => {
    const mean = { metric: { of: 'mean', column: 'points', where: null } } as const;
    expect(judged({ ...mean, minimumChange: 1 }, [50, 100], [60, 100])?.verdict).toBe('PASS');
    expect(judged({ ...mean, minimumChange: 0.05 }, [50, 100], [60, 100])?.verdict).toBe('FAIL');
  });
});

describe('a baseline', () => {
  it('that fails its own gate makes the comparison UNKNOWN, and says why', () => {
    const answer = ({ id }: Check, on: Day) =>
      on === nth(2021, 3) ? null : id === 'worse' ? [90, 100] : [10];
    const found = checkOf('worse', factsOf([blocking, check], SEASON[2022], answer));
    expect(found?.verdict).toBe('UNKNOWN');
    expect(found?.message).toContain('2021-11-01..2021-11-30 does not pass itself (days:');
  });

  it('is no baseline where no blocking check could tell', () => {
    const found = judged({}, [90, 100], [90, 100], SEASON[2022], []);
    expect(found?.verdict).toBe('UNKNOWN');
    expect(found?.message).toContain('no blocking check');
  });

  it('is missing before the first season: UNKNOWN, or not judged where none is promised', () => {
    const alone = judged({}, [90, 100], [90, 100], SEASON[2021]);
    expect(alone?.verdict).toBe('UNKNOWN');
    expect(alone?.message).toContain('declares no season before it');
    const since = judged({ sinceSeason: 2022 }, [90, 100], [90, 100], SEASON[2021]);
    expect(since).toBeUndefined();
  });

  it('is said to be missing for the first of two seasons, and judged for the second', () => {
    const found = judged({}, [90, 100], [50, 100], BOTH);
    expect(found?.verdict).toBe('FAIL');
    expect(found?.message).toContain('season 2021: calendar.seasonStarts declares no season');
    expect(found?.days).toEqual([SEASON[2022]]);
  });

  it('of a promised season that the schedule lacks is UNKNOWN, not left out', () => {
    const all = factsOf([blocking, { ...check, sinceSeason: 2022 }], SEASON[2022], () => [9, 10]);
    const calendar = {
      seasons: all.schedule.calendar.seasons.filter(({ season }) => season === 2022),
    };
    const found = checkOf('worse', { ...all, schedule: { ...all.schedule, calendar } });
    expect(found?.verdict).toBe('UNKNOWN');
    expect(found?.message).toContain('there is no earlier day to compare with');
  });

  it('leaves the table to its other checks where it does not apply, and UNKNOWN where it has none', () => {
    const short = { from: nth(2022, 0), to: nth(2022, 5) };
    const verdictOf = (checks: readonly Check[]) =>
      judgeTable(factsOf(checks, short, () => [10, 10])).verdict;
    expect(judged({}, [90, 100], [10, 100], short)).toBeUndefined();
    expect(verdictOf([blocking, check])).toBe('PASS');
    expect(verdictOf([check])).toBe('UNKNOWN');
  });

  it('of the same days compares the n-th with the n-th, bootstrap days aside', () => {
    const same = { ...check, baseline: { of: 'same-days-last-season' } } as const;
    const range = { from: nth(2022, 10), to: nth(2022, 16) };
    const answer = ({ id }: Check, on: Day) =>
      id !== 'worse' ? [10] : on >= nth(2021, 10) && on <= nth(2021, 16) ? [40, 100] : [80, 100];
    const all = factsOf([blocking, same], range, answer, {}, 5);
    expect(kindOf(same).baseline?.(same, all, all.expected)).toEqual([
      { from: nth(2021, 10), to: nth(2021, 16) },
    ]);
    expect(checkOf('worse', all)?.observed).toContain('IMPROVEMENT, 280/700 (40.0%) before');
  });

  it('of a fixed span judges only what comes after it', () => {
    const span = { from: nth(2021, 0), to: nth(2021, 9) };
    const fixed = { baseline: { of: 'days', days: span } } as const;
    expect(judged(fixed, [90, 100], [90, 100], span)).toBeUndefined();
    const found = judged(fixed, [90, 100], [50, 100], { from: nth(2021, 0), to: nth(2021, 29) });
    expect(found?.observed).toContain('900/1000 (90.0%) before');
    expect(found?.observed).toContain('1800/2000 (90.0%) now');
  });

  it('is refused where it can never be there', () => {
    const pipeline = { ...pipelineOf(table('a.t')), calendar: { ...spec, seasonStarts } };
    const problems = (some: Partial<Regression>) =>
      kindOf(check).problems?.({ ...check, ...some }, table('a.t'), pipeline);
    expect(problems({ sinceSeason: 2021 })?.[0]).toContain('no season before it');
    expect(problems({ sinceSeason: 2019 })?.[0]).toContain('calendar.seasonStarts has 2021, 2022');
    const early = { from: nth(2021, -20), to: nth(2021, -10) };
    expect(problems({ baseline: { of: 'days', days: early } })?.[0]).toContain('before every');
    expect(problems({ sinceSeason: 2022 })).toEqual([]);
  });

  it('needs the schedule from the start of the season that it lies in', () => {
    const start = (baseline: Regression['baseline'], from: Day) =>
      kindOf(check).looksBackTo?.({ ...check, baseline }, { ...spec, seasonStarts }, from);
    expect(start({ of: 'last-season' }, nth(2022, 5))).toBe(nth(2021, 0));
    expect(start({ of: 'last-season' }, nth(2021, 5))).toBe(nth(2021, 5));
    const span = { from: nth(2021, 9), to: nth(2021, 12) };
    expect(start({ of: 'days', days: span }, nth(2022, 5))).toBe(nth(2021, 0));
  });
});
