import { describe, expect, it } from 'vitest';
import type { OneDay } from '../../../shared/core/checks/one-day.ts';
import { parseDaySet } from '../../../shared/core/day-set.ts';
import { base } from '../table-facts.ts';
import { ids, judged } from './two-days.ts';

const oneDay: OneDay = { ...base, id: 'once', kind: 'one-day', column: 'game_id' };
const both = parseDaySet('2022-01-01..2022-01-02');

describe('one-day', () => {
  it('passes when no id is on two days', () => {
    const found = judged(oneDay, [
      [4, 4, ids('g1', 'g2')],
      [2, 2, ids('g3')],
    ]);
    expect(found).toMatchObject({ verdict: 'PASS', observed: '3 of 3 on one day', days: [] });
  });

  it('fails for an id on two days, and names it with both', () => {
    const found = judged(oneDay, [
      [4, 4, ids('g1', 'g2')],
      [4, 4, ids('g2', 'g3')],
    ]);
    expect(found).toMatchObject({ verdict: 'FAIL', observed: '2 of 3 on one day', days: both });
    expect(found?.message).toContain('g2 on 2022-01-01, 2022-01-02');
  });

  it('takes ids with a comma for one id each', () => {
    expect(
      judged(oneDay, [
        [1, 1, ids('a, b')],
        [1, 1, ids('b, c')],
      ])?.verdict,
    ).toBe('PASS');
    expect(
      judged(oneDay, [
        [1, 1, ids('a, b')],
        [1, 1, ids('a, b')],
      ])?.message,
    ).toContain('a, b on 2022-01-01');
  });

  it('fails for a row without an id, and names its day', () => {
    const found = judged(oneDay, [
      [4, 4, ids('g1')],
      [4, 3, ids('g2')],
    ]);
    expect(found).toMatchObject({ verdict: 'FAIL', days: parseDaySet('2022-01-02') });
    expect(found?.message).toContain('rows without a game_id on 1 days');
  });

  it('fails when no row has an id', () => {
    expect(judged(oneDay, [[4, 0, null]])?.verdict).toBe('FAIL');
  });

  it('shows nothing without a row', () => {
    expect(judged(oneDay, [null])?.verdict).toBe('UNKNOWN');
  });
});
