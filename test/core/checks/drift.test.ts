import { describe, expect, it } from 'vitest';
import type { Check } from '../../../shared/core/check.ts';
import type { DriftCheck } from '../../../shared/core/checks/drift.ts';
import { kindOf } from '../../../shared/core/checks/kinds.ts';
import type { Day } from '../../../shared/core/days.ts';
import { itemName } from '../../../shared/core/state-item.ts';
import { dayCoverage, pipelineOf, table } from '../build.ts';
import { base, checkOf, spec } from '../table-facts.ts';
import { type Answers, factsOf, nth, SEASON, seasonStarts } from './two-seasons.ts';

const check: DriftCheck = {
  ...base,
  severity: 'warn',
  id: 'moved',
  kind: 'drift',
  column: 'points',
  where: null,
  edges: [0, 10, 20],
  baseline: { of: 'last-season' },
  sinceSeason: null,
  minimumDays: 7,
  atMostPsi: 0.25,
};

/** Rows per day below 0, from 0 to 10, from 10 to 20, from 20 on, and NULL. */
const judged = (old: Answers, now: Answers, some: Partial<DriftCheck> = {}) => {
  const answer = ({ id }: Check, on: Day) =>
    id !== 'moved' ? [10] : on < SEASON[2022].from ? old : now;
  return checkOf('moved', factsOf([dayCoverage, { ...check, ...some }], SEASON[2022], answer));
};
const OLD = [0, 40, 40, 20, 0];

describe('drift', () => {
  it('passes the same shares of other numbers of rows', () => {
    const found = judged(OLD, [0, 80, 80, 40, 0]);
    expect(found).toMatchObject({ verdict: 'PASS', days: [] });
    expect(found?.observed).toContain('PSI 0, KS 0');
  });

  it('warns from 0.1 on and fails from 0.25 on', () => {
    const psi = (now: Answers) => judged(OLD, now);
    expect(psi([0, 46, 38, 16, 0])?.verdict).toBe('PASS');
    expect(psi([0, 53, 35, 12, 0])?.verdict).toBe('WARN');
    expect(psi([0, 70, 25, 5, 0])).toMatchObject({ verdict: 'FAIL', days: [SEASON[2022]] });
  });

  it('fails when values become NULL, though those that are left have not moved', () => {
    const found = judged(OLD, [0, 20, 20, 10, 50]);
    expect(found?.verdict).toBe('FAIL');
    expect(found?.observed).toContain('most: NULL, 0.0% before, 50.0% now');
  });

  it('fails later where the file allows more, as long as the distance does', () => {
    const now = [0, 56, 34, 10, 0];
    expect(judged(OLD, now)?.verdict).toBe('WARN');
    expect(judged(OLD, now, { atMostPsi: 0.13 })?.verdict).toBe('FAIL');
  });

  it('says UNKNOWN without a row, and with too few rows to know', () => {
    expect(judged(OLD, [0, 0, 0, 0, 0])?.verdict).toBe('UNKNOWN');
    expect(judged(OLD, [0, 1, 1, 1, 0])?.verdict).toBe('UNKNOWN');
  });

  it('says UNKNOWN when the baseline does not pass itself', () => {
    const answer = ({ id }: Check, on: Day) =>
      on === nth(2021, 3) ? null : id === 'moved' ? OLD : [10];
    const found = checkOf('moved', factsOf([dayCoverage, check], SEASON[2022], answer));
    expect(found?.verdict).toBe('UNKNOWN');
    expect(found?.message).toContain('does not pass itself');
  });

  it('puts every row into exactly one bin, NaN above all numbers', () => {
    const read = kindOf(check)
      .reads({ ...check, where: 'team = 1' })
      .own.map(itemName);
    expect(read).toEqual([
      'COUNT(CASE WHEN (team = 1) AND (`points` < 0) THEN 1 END)',
      'COUNT(CASE WHEN (team = 1) AND (`points` >= 0 AND `points` < 10) THEN 1 END)',
      'COUNT(CASE WHEN (team = 1) AND (`points` >= 10 AND `points` < 20) THEN 1 END)',
      'COUNT(CASE WHEN (team = 1) AND (NOT (`points` < 20)) THEN 1 END)',
      'COUNT(CASE WHEN (team = 1) AND (`points` IS NULL) THEN 1 END)',
    ]);
  });

  it('is refused with edges out of order, a text column, or a limit that is no more than a look', () => {
    const pipeline = { ...pipelineOf(table('a.t')), calendar: { ...spec, seasonStarts } };
    const problems = (some: Partial<DriftCheck>) =>
      kindOf(check).problems?.({ ...check, ...some }, table('a.t'), pipeline);
    expect(problems({ edges: [0, 5, 5] })?.[0]).toContain('do not ascend');
    expect(problems({ column: 'team' })?.[0]).toContain('STRING');
    expect(problems({ atMostPsi: 0.1 })?.[0]).toContain('0.1');
    expect(problems({})).toEqual([]);
  });
});
