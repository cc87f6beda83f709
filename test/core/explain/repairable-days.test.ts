import { describe, expect, it } from 'vitest';
import type { CheckExplanation, Root } from '../../../shared/core/explain/explanation.ts';
import { repairableDays } from '../../../shared/core/explain/repairable-days.ts';
import { parseTableName } from '../../../shared/core/ids.ts';
import type { CheckJudgement } from '../../../shared/core/judge/facts.ts';
import { jan } from './judged.ts';

const TEAM = parseTableName('a.team');
const PLAYER = parseTableName('a.player');
const RUNS = {
  neverRan: 0,
  running: 0,
  failed: 0,
  ranEmpty: 1,
  ranWithRows: 0,
  writtenByOthers: 0,
  messages: [],
} as const;
const own = (days: string, relation = TEAM): Root => ({
  kind: 'own',
  relation,
  days: jan(days),
  runs: RUNS,
  unpromised: [],
});
const source = (days: string): Root => ({
  kind: 'source',
  relation: parseTableName('raw.box'),
  file: null,
  days: jan(days),
});
const explained = (
  days: string,
  root: Root,
  fields: Partial<Pick<CheckJudgement, 'severity' | 'verdict'>> = {},
): CheckExplanation => ({
  check: {
    id: 'days',
    kind: 'day-coverage',
    severity: 'block',
    verdict: 'FAIL',
    observed: '',
    expected: '',
    message: '',
    days: jan(days),
    ...fields,
  },
  since: null,
  runs: null,
  chain: [],
  root,
  alike: [],
});
const table = (name: typeof TEAM, ...checks: CheckExplanation[]) =>
  ({ table: name, verdict: 'FAIL', checks }) as const;

describe('the days that a run may repair by itself', () => {
  it('are those on which the trouble begins in a table of it, wherever it shows', () => {
    const seen = table(PLAYER, explained('3..4', own('3')));
    expect(repairableDays([seen])).toEqual({ [TEAM]: jan('3') });
  });

  it('are of all its checks together', () => {
    const both = table(TEAM, explained('3', own('3')), explained('5', own('5')));
    expect(repairableDays([both])).toEqual({ [TEAM]: jan('3,5') });
  });

  it('are, where what a table reads was rewritten, those of the table that did not follow', () => {
    const root: Root = {
      kind: 'rewritten',
      relation: parseTableName('raw.box'),
      days: jan('4'),
      stale: TEAM,
      staleDays: jan('4..5'),
      at: '2022-01-21T08:00:00.000Z',
    };
    expect(repairableDays([table(PLAYER, explained('3..9', root))])).toEqual({
      [TEAM]: jan('4..5'),
    });
  });

  it('are none of the days of any check that a source is to blame for', () => {
    const first = explained('3', source('3'));
    const alike = explained('4', source('4')).check;
    const mixed = table(TEAM, { ...first, alike: [alike] }, explained('4..5', own('4..5')));
    expect(repairableDays([mixed])).toEqual({ [TEAM]: jan('5') });
  });

  it('are none on which a source is to blame for anything', () => {
    const mixed = table(TEAM, explained('3..4', source('3..4')), explained('4..5', own('4..5')));
    expect(repairableDays([mixed])).toEqual({ [TEAM]: jan('5') });
    const all = table(TEAM, explained('3..5', source('3..5')), explained('4', own('4')));
    expect(repairableDays([all])).toEqual({});
  });

  it.each([
    ['only warns', { severity: 'warn' } as const],
    ['could not be evaluated', { verdict: 'UNKNOWN' } as const],
  ])('are none of a check that %s', (_, fields) => {
    expect(repairableDays([table(TEAM, explained('3', own('3'), fields))])).toEqual({});
  });
});
