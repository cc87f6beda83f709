import { describe, expect, it } from 'vitest';
import { kindOf } from '../../../shared/core/checks/kinds.ts';
import type { PointInTime } from '../../../shared/core/checks/point-in-time.ts';
import { daySetOf, eachDay } from '../../../shared/core/day-set.ts';
import { addDays, type Day } from '../../../shared/core/days.ts';
import { parseTableName } from '../../../shared/core/ids.ts';
import { parsePercent } from '../../../shared/core/percent.ts';
import { scheduleOf } from '../../../shared/core/schedule.ts';
import { checkProblems } from '../../../shared/core/validate-checks.ts';
import { pipelineOf, sameDay, table } from '../build.ts';
import { base, checkOf, D1, dayWith, facts, game, itemsOf, spec } from '../table-facts.ts';

const check: PointInTime = {
  ...base,
  id: 'past',
  kind: 'point-in-time',
  column: 'points',
  match: ['team'],
  of: parseTableName('a.u'),
  ofDay: 'game_date',
  value: 'points',
  aggregate: 'AVG',
  lookBack: { kind: 'games', games: 10 },
  where: null,
  ofWhere: null,
  tolerance: 0.1,
  sampleDays: 8,
  atLeast: parsePercent(95),
  minimumPopulation: 30,
  seasonStarts: [D1],
};
const [item = ''] = itemsOf(check);
const DAYS = Array.from({ length: 100 }, (_, n) => addDays(D1, n));
const schedule = scheduleOf(
  spec,
  DAYS.map((day, n) => game(`g${n}`, day)),
);
const sampled = (days: readonly Day[], of = check) => [
  ...eachDay(kindOf(of).sample!(of, { schedule, table: table('a.t') }, daySetOf(days))),
];
/** A hundred days with rows, the first so many of them answered. */
const found = (asked: number, population: number, breaks: number, of = check) =>
  checkOf(
    'past',
    facts(
      [of],
      DAYS.map((day, n) => [
        day,
        dayWith(9, n < asked ? { [item]: [[null, population, n === 0 ? breaks : 0]] } : {}),
      ]),
      { expected: daySetOf(DAYS), schedule },
    ),
  );

describe('the sample of a point-in-time check', () => {
  it('is evenly spread over the days, the last always among them', () => {
    expect(sampled(DAYS, { ...check, sampleDays: 1 })).toEqual(DAYS.slice(-1));
    expect(sampled(DAYS, { ...check, sampleDays: 2 })).toEqual([DAYS[0], DAYS[99]]);
    const days = sampled(DAYS);
    expect(days).toHaveLength(8);
    expect(days.map((day) => DAYS.indexOf(day))).toEqual([0, 14, 28, 42, 57, 71, 85, 99]);
  });

  it('is all days of a short range, and the same whenever it is asked for', () => {
    expect(sampled(DAYS.slice(3, 8))).toEqual(DAYS.slice(3, 8));
    expect(sampled(DAYS)).toEqual(sampled(DAYS.toReversed()));
  });
});

describe('point-in-time', () => {
  it('passes when the whole interval of the sample reaches the threshold', () => {
    const all = found(8, 20, 0);
    expect(all).toMatchObject({ verdict: 'PASS', days: [] });
    expect(all?.observed).toBe(
      '160/160 (100.0%) rows on 8 of 100 days with rows, 97.7%..100.0% were rows independent',
    );
  });

  it.each([
    [8, '8 sampled days of which none is bad leave up to about 31% bad days possible'],
    [30, '30 sampled days of which none is bad leave up to about 10% bad days possible'],
  ])(
    'says of %s sampled days how many bad days they may have missed, and claims no interval of the table',
    (asked, limits) => {
      const all = found(asked, 20, 0);
      expect(all?.message).toContain('rows of a day are not independent');
      expect(all?.message).toContain(limits);
      expect(all?.message).not.toContain('95%');
    },
  );

  it('says nothing of missed days where every day was read', () => {
    expect(found(100, 20, 0)?.message).not.toContain('sampled');
  });

  it('fails when none of it does, and names the days', () => {
    expect(found(8, 20, 18)).toMatchObject({ verdict: 'FAIL', days: daySetOf([D1]) });
  });

  it('is UNKNOWN between the two, and says what would tell', () => {
    const all = found(8, 20, 8);
    expect(all?.verdict).toBe('UNKNOWN');
    expect(all?.message).toContain('raise sampleDays');
  });

  it('needs no interval where every day was read', () => {
    expect(found(100, 1, 1)).toMatchObject({ verdict: 'PASS' });
    expect(found(100, 20, 20)?.verdict).toBe('PASS');
    const strict = { ...check, atLeast: parsePercent(99.5) };
    expect(found(100, 1, 1, strict)).toMatchObject({ verdict: 'FAIL', days: daySetOf([D1]) });
  });

  it('shows nothing with too few rows to compare', () => {
    expect(found(8, 3, 0)?.verdict).toBe('UNKNOWN');
    expect(found(0, 0, 0)?.verdict).toBe('UNKNOWN');
  });

  it('is refused where it asks for what no sample can show, or for columns that are not there', () => {
    const problems = (fields: Partial<PointInTime>) => {
      const own = table('a.t', [sameDay('a.u')], { checks: [{ ...check, ...fields }] });
      return checkProblems(pipelineOf(own, table('a.u')), own).length;
    };
    expect(problems({})).toBe(0);
    expect(problems({ atLeast: parsePercent(100) })).toBe(1);
    expect(problems({ atLeast: parsePercent(99.999999) })).toBe(0);
    expect(problems({ match: ['player'] })).toBe(2);
    expect(problems({ of: parseTableName('a.v') })).toBe(1);
  });
});
