import { describe, expect, it } from 'vitest';
import { itemName, type StateItem } from '../../shared/core/state-item.ts';
import { groupScan } from '../../shared/sql/group-scan.ts';
import { day, table } from '../core/build.ts';

const relation = table('a.t');
const days = [{ from: day('2022-01-01'), to: day('2022-01-02') }];
const groups = (by: string[], where: string | null, ...values: string[]): StateItem => ({
  kind: 'groups',
  by,
  where,
  values,
});
const selectsOf = (items: readonly StateItem[]) =>
  groupScan.statement(relation, items, days).sql.split('UNION ALL').length;

const minutes = groups(['team'], null, 'SUM(minutes)', '240');
const points = groups(['team'], null, 'SUM(points)');
const someRows = groups(['team'], 'points > 0', 'COUNT(*)');
const byGame = groups(['game_id'], null, 'COUNT(*)');
const key: StateItem = { kind: 'unique', columns: ['team', 'game_id'] };

describe('the scan of groups', () => {
  it('reads groups of the same rows by the same columns once, and nothing else together', () => {
    expect(selectsOf([minutes, points])).toBe(1);
    expect(selectsOf([minutes, points, someRows, byGame, key])).toBe(4);
  });

  it('gives each item its own values of the one row they share', () => {
    const items = [key, points, byGame, minutes];
    const row = { day: '2022-01-01', branch: 1, group_key: 'LAL', v0: 99, v1: 238, v2: 240 };
    expect(groupScan.read(items, row)).toEqual([
      { day: '2022-01-01', item: itemName(points), group: ['LAL', 99] },
      { day: '2022-01-01', item: itemName(minutes), group: ['LAL', 238, 240] },
    ]);
  });

  it('reads surplus rows of a key and a value that is NULL as what they are', () => {
    const items = [points, key];
    const empty = { day: '2022-01-01', branch: 0, group_key: null, v0: null };
    expect(groupScan.read(items, empty)).toEqual([
      { day: '2022-01-01', item: itemName(points), group: [null, null] },
    ]);
    const surplus = { day: '2022-01-02', branch: 1, group_key: null, v0: 3 };
    expect(groupScan.read(items, surplus)).toEqual([
      { day: '2022-01-02', item: itemName(key), value: 3 },
    ]);
  });

  it('never takes a row of a SELECT that it did not write', () => {
    expect(() => groupScan.read([points], { branch: 7 })).toThrow('no SELECT 7');
  });
});
