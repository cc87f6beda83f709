import { describe, expect, it } from 'vitest';
import type { GroupCondition } from '../../../shared/core/checks/group-condition.ts';
import type { GroupIdentity } from '../../../shared/core/checks/group-identity.ts';
import { kindOf } from '../../../shared/core/checks/kinds.ts';
import { parseDaySet } from '../../../shared/core/day-set.ts';
import { parsePercent } from '../../../shared/core/percent.ts';
import type { GroupRow } from '../../../shared/core/profile.ts';
import { pipelineOf, table } from '../build.ts';
import { base } from '../table-facts.ts';
import { judged, WHOLE } from './two-days.ts';

const grouping = { ...base, ...WHOLE, by: ['game_id', 'team'], where: null, unit: 'team-games' };
const condition: GroupCondition = {
  ...grouping,
  id: 'enough',
  kind: 'group-condition',
  holds: 'COUNT(*) >= 5',
};
const identity: GroupIdentity = {
  ...grouping,
  id: 'minutes',
  kind: 'group-identity',
  left: 'SUM(points)',
  right: '240',
  tolerance: 3,
};
const problems = (check: GroupCondition | GroupIdentity) =>
  kindOf(check).problems?.(check, table('a.t'), pipelineOf(table('a.t')));
const groups = (...rows: GroupRow[]) => [rows];

describe('group-condition', () => {
  it('passes when it holds for every group, and counts groups', () => {
    const found = judged(condition, [groups(['g1/LAL', 1], ['g1/BOS', 1]), groups(['g2/LAL', 1])]);
    expect(found).toMatchObject({ verdict: 'PASS', observed: '3/3 (100.0%)' });
    expect(found?.message).toContain('team-games');
  });

  it('fails for one group, and names it and its day', () => {
    const found = judged(condition, [groups(['g1/LAL', 1]), groups(['g2/LAL', 0], ['g2/BOS', 1])]);
    expect(found).toMatchObject({ verdict: 'FAIL', days: parseDaySet('2022-01-02') });
    expect(found?.message).toContain('e.g. g2/LAL');
  });

  it('never believes a group without a name', () => {
    const found = judged(condition, [groups(['g1/LAL', 1], [null, 1])]);
    expect(found).toMatchObject({ verdict: 'FAIL', observed: '1/2 (50.0%)' });
    expect(found?.message).toContain('a NULL in game_id, team');
  });

  it.each([[null], [groups()]])('shows nothing without a group', (answers) => {
    expect(judged(condition, [answers])?.verdict).toBe('UNKNOWN');
  });

  it('says UNKNOWN when a day with rows has fewer groups than it must', () => {
    const some = { ...condition, where: 'points > 0', minimumPerDay: 1 };
    expect(judged(some, [groups(['g1/LAL', 1]), groups()])).toMatchObject({
      verdict: 'UNKNOWN',
      days: parseDaySet('2022-01-02'),
    });
  });

  it('is refused over columns that are not text', () => {
    const found = problems({ ...condition, by: ['game_id', 'points'] });
    expect(found).toEqual(['by: column points is INT64; accepted: STRING columns']);
  });
});

describe('group-identity', () => {
  const verdictOf = (left: number | null, right: number | null, tolerance = 3) =>
    judged({ ...identity, tolerance }, [groups(['g1/LAL', left, right])])?.verdict;

  it('holds up to its tolerance, and not beyond it', () => {
    expect([verdictOf(243, 240), verdictOf(237, 240)]).toEqual(['PASS', 'PASS']);
    expect([verdictOf(243.01, 240), verdictOf(236.99, 240)]).toEqual(['FAIL', 'FAIL']);
  });

  it('does not blame a sum for the rounding of FLOAT64', () => {
    expect(verdictOf(0.1 + 0.2, 0.3, 0)).toBe('PASS');
    expect(verdictOf(0.300001, 0.3, 0)).toBe('FAIL');
  });

  it.each([
    [null, 240],
    [240, null],
    [null, null],
  ])('does not hold for %s and %s', (left, right) => {
    expect(verdictOf(left, right)).toBe('FAIL');
  });

  it('names the group and both numbers', () => {
    const found = judged(identity, [groups(['g1/LAL', 198.25, 240], ['g1/BOS', 240, 240])]);
    expect(found?.message).toContain('e.g. g1/LAL: 198.25 instead of 240');
  });

  it('forgives one group of a day where the file says so, never two', () => {
    const loose = { ...identity, atLeast: parsePercent(50), perDay: parsePercent(99) };
    const good: GroupRow[] = [1, 2, 3].map((n) => [`g${n}/LAL`, 240, 240]);
    expect(judged(loose, [groups(...good, ['g4/LAL', 0, 240])])?.verdict).toBe('PASS');
    const two: GroupRow[] = [
      ['g4/LAL', 0, 240],
      ['g5/LAL', 0, 240],
    ];
    expect(judged(loose, [groups(...good, ...two)])?.verdict).toBe('FAIL');
  });

  it('is refused when it compares a number with itself', () => {
    expect(problems({ ...identity, right: ' SUM(points)' })).toEqual([
      'compares SUM(points) with itself',
    ]);
  });
});
