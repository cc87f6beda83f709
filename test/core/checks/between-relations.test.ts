import { describe, expect, it } from 'vitest';
import type { Check } from '../../../shared/core/check.ts';
import type { Agreement } from '../../../shared/core/checks/agreement.ts';
import { kindOf } from '../../../shared/core/checks/kinds.ts';
import type { LayerCoverage } from '../../../shared/core/checks/layer-coverage.ts';
import type { References } from '../../../shared/core/checks/references.ts';
import { parseDaySet } from '../../../shared/core/day-set.ts';
import { parseTableName } from '../../../shared/core/ids.ts';
import { parsePercent } from '../../../shared/core/percent.ts';
import type { GroupRow } from '../../../shared/core/profile.ts';
import { pipelineOf, table } from '../build.ts';
import { base, checkOf, D1, dayWith, facts } from '../table-facts.ts';
import { ids, judged, OTHER, WHOLE } from './two-days.ts';

const agreement: Agreement = {
  ...base,
  ...WHOLE,
  minimumPerDay: 1,
  id: 'points',
  kind: 'agreement',
  by: ['game_id'],
  value: 'SUM(points)',
  where: null,
  with: { table: OTHER, by: ['game_id'], value: 'MAX(score)', where: null },
  tolerance: 2,
  unit: 'games',
};
const coverage: LayerCoverage = {
  ...base,
  ...WHOLE,
  minimumPerDay: 1,
  id: 'players',
  kind: 'layer-coverage',
  by: ['team'],
  where: null,
  of: OTHER,
  ofBy: ['team'],
  ofWhere: null,
  unit: 'teams',
};
const references: References = {
  ...base,
  ...WHOLE,
  id: 'no-orphans',
  kind: 'references',
  by: ['team'],
  to: OTHER,
  toBy: ['team'],
  unit: 'teams',
};
const groups = (...rows: GroupRow[]) => [rows];

describe('agreement', () => {
  it('passes when both sides have every group and the same number', () => {
    const found = judged(
      agreement,
      [groups(['g1', 210]), groups(['g2', 198])],
      [groups(['g1', 212]), groups(['g2', 198])],
    );
    expect(found).toMatchObject({ verdict: 'PASS', observed: '2/2 (100.0%)' });
  });

  it.each<[string, GroupRow[], GroupRow[], string]>([
    ['another number', [['g1', 210]], [['g1', 213]], 'g1: 210 here, 213 there'],
    ['a group only here', [['g1', 210]], [], 'g1: 210 here, none there'],
    ['a group only there', [], [['g1', 213]], 'g1: none here, 213 there'],
    ['a NULL here', [['g1', null]], [['g1', 1]], 'g1: NULL here, 1 there'],
    ['a NULL on both sides', [['g1', null]], [['g1', null]], 'g1: NULL here, NULL there'],
    ['a group without a name', [[null, 1]], [[null, 1]], 'a group without a name'],
  ])('fails for %s, and says so', (_, here, there, complaint) => {
    const found = judged(
      agreement,
      [groups(...here), groups(['g2', 1])],
      [groups(...there), groups(['g2', 1])],
    );
    expect(found).toMatchObject({ verdict: 'FAIL', days: parseDaySet('2022-01-01') });
    expect(found?.message).toContain(complaint);
  });

  it('fails for a whole day that only the other side has', () => {
    const found = judged(agreement, [groups(['g1', 1])], [groups(['g1', 1]), groups(['g2', 5])]);
    expect(found).toMatchObject({ verdict: 'FAIL', days: parseDaySet('2022-01-02') });
  });

  it('shows nothing when neither side has a group', () => {
    expect(judged(agreement, [null], [null])?.verdict).toBe('UNKNOWN');
    expect(judged(agreement, [groups()], [groups()])?.verdict).toBe('UNKNOWN');
  });

  it('says UNKNOWN for a day with rows of which none is compared', () => {
    const found = judged(agreement, [groups(['g1', 1]), groups()], [groups(['g1', 1]), groups()]);
    expect(found).toMatchObject({ verdict: 'UNKNOWN', days: parseDaySet('2022-01-02') });
  });

  it('is UNKNOWN when the other relation was not read', () => {
    expect(checkOf('points', facts([agreement], [[D1, dayWith(1)]]))).toMatchObject({
      verdict: 'UNKNOWN',
      message: expect.stringContaining('raw.other was not read'),
    });
  });
});

describe('layer-coverage', () => {
  it('passes when every unit of the layer before is here, whatever else is here too', () => {
    const own = [[ids('BOS', 'UTA')], [ids('LAL')]] as const;
    expect(judged(coverage, own, [[ids('BOS')], [ids('LAL')]])).toMatchObject({
      verdict: 'PASS',
      observed: '2/2 (100.0%)',
    });
  });

  it('fails for a unit that is missing, and names it', () => {
    const found = judged(
      coverage,
      [[ids('BOS')], [ids('LAL')]],
      [[ids('BOS', 'O, NEAL')], [ids('LAL')]],
    );
    expect(found).toMatchObject({ verdict: 'FAIL', days: parseDaySet('2022-01-01') });
    expect(found?.message).toContain('e.g. O, NEAL');
  });

  it('fails for a whole day that is missing here', () => {
    const found = judged(coverage, [[ids('BOS')], null], [[ids('BOS')], [ids('LAL')]]);
    expect(found).toMatchObject({ verdict: 'FAIL', days: parseDaySet('2022-01-02') });
  });

  it('takes its denominator from the layer before: an empty one shows nothing', () => {
    expect(judged(coverage, [[ids('BOS')]], [null])?.verdict).toBe('UNKNOWN');
    expect(judged(coverage, [[ids('BOS')], [ids('BOS')]], [[ids('BOS')], [null]])).toMatchObject({
      verdict: 'UNKNOWN',
      days: parseDaySet('2022-01-02'),
    });
  });

  it('is exact at its threshold', () => {
    const some = { ...coverage, atLeast: parsePercent(75), perDay: parsePercent(50) };
    const there = [[ids('A', 'B')], [ids('C', 'D')]] as const;
    expect(judged(some, [[ids('A')], [ids('C', 'D')]], there)?.verdict).toBe('PASS');
    expect(judged(some, [[ids('A')], [ids('C')]], there)?.verdict).toBe('FAIL');
  });
});

describe('references', () => {
  const own = (rows: number, named: number, list: string | null) => [rows, named, list];

  it('passes when every id is there, whatever else is there too', () => {
    const found = judged(references, [own(2, 2, ids('BOS', 'LAL'))], [[ids('BOS', 'LAL', 'UTA')]]);
    expect(found).toMatchObject({ verdict: 'PASS', observed: '2/2 (100.0%)' });
  });

  it('fails for an orphan of its day, though another day has it', () => {
    const found = judged(
      references,
      [own(1, 1, ids('BOS')), own(1, 1, ids('LAL'))],
      [[ids('BOS', 'LAL')], [ids('BOS')]],
    );
    expect(found).toMatchObject({ verdict: 'FAIL', days: parseDaySet('2022-01-02') });
    expect(found?.message).toContain('e.g. LAL');
  });

  it('fails for a row without an id', () => {
    const found = judged(references, [own(3, 2, ids('BOS', 'LAL'))], [[ids('BOS', 'LAL')]]);
    expect(found).toMatchObject({ verdict: 'FAIL', observed: '2/3 (66.6%)' });
    expect(found?.message).toContain('a NULL in team');
  });

  it('makes orphans of everything when the other relation has no row', () => {
    expect(judged(references, [own(1, 1, ids('BOS'))], [null])?.verdict).toBe('FAIL');
  });

  it('shows nothing without a row', () => {
    expect(judged(references, [null], [[ids('BOS')]])?.verdict).toBe('UNKNOWN');
  });
});

describe('a definition between relations is refused', () => {
  const others = [table('raw.other'), table('a.t')];
  const problems = (check: Check) =>
    kindOf(check)
      .problems?.(check, table('a.t'), pipelineOf(...others))
      .join('; ');

  it.each<[string, Check, RegExp]>([
    [
      'a column of the other that is not there',
      { ...references, toBy: ['club'] },
      /raw\.other: column club/,
    ],
    ['more columns on one side', { ...coverage, ofBy: ['game_id', 'team'] }, /as many columns/],
    ['a column that is no text', { ...coverage, ofBy: ['points'] }, /points is INT64/],
    ['an own column that is no text', { ...references, by: ['points'] }, /^by: column points/],
    [
      'its own rows for the layer before',
      { ...coverage, of: parseTableName('a.t') },
      /own rows for the layer before/,
    ],
    ['a relation that refers to itself', { ...references, to: parseTableName('a.t') }, /to itself/],
    [
      'a number compared with itself',
      {
        ...agreement,
        with: { ...agreement.with, table: parseTableName('a.t'), value: 'SUM(points)' },
      },
      /with itself/,
    ],
  ])('when it has %s', (_, check, complaint) => {
    expect(problems(check)).toMatch(complaint);
  });

  it.each<[string, Check]>([
    ['agreement', agreement],
    ['layer-coverage', coverage],
    ['references', references],
  ])('and accepted when %s is right', (_, check) => {
    expect(problems(check)).toBe('');
  });
});
