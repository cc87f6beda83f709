import { describe, expect, it } from 'vitest';
import { parseTableName } from '../../shared/core/ids.ts';
import { type DayState, stateRows, storedStateOf } from '../../shared/shell/stored-state.ts';
import { day } from '../core/build.ts';

const T = parseTableName('a.t');
const D = day('2022-01-01');
const AT = '2022-02-01T00:00:00.000Z';

/** What is kept, as the warehouse gives it back. */
const kept = (...states: readonly DayState[]) =>
  storedStateOf(
    stateRows(states, AT).map(({ token = null, state = null, ...row }) => ({
      ...row,
      name: token,
      body: state,
    })),
  );

describe('what was read of a day', () => {
  const values = new Map([
    ['COUNT(*)', 10],
    ['COUNT(`points`)', 0],
    ['MIN(`points`)', null],
  ]);
  const stored = kept({ table: T, day: D, token: 't1', values });

  it('comes back item by item, a 0 and a NULL too', () => {
    for (const [item, value] of values) expect(stored.valueOf(T, D, 't1', item)).toBe(value);
  });

  it('answers no other check, no other day, and no other table', () => {
    expect(stored.valueOf(T, D, 't1', 'COUNT(`team`)')).toBeUndefined();
    expect(stored.valueOf(T, day('2022-01-02'), 't1', 'COUNT(*)')).toBeUndefined();
    expect(stored.valueOf(parseTableName('a.u'), D, 't1', 'COUNT(*)')).toBeUndefined();
  });

  it('is forgotten once the day has another change token', () => {
    expect(stored.valueOf(T, D, 't2', 'COUNT(*)')).toBeUndefined();
  });

  it('is put together from readings of different items under one token', () => {
    const both = kept(
      { table: T, day: D, token: 't1', values: new Map([['COUNT(*)', 10]]) },
      { table: T, day: D, token: 't1', values: new Map([['COUNT(`team`)', 9]]) },
      { table: T, day: D, token: 't0', values: new Map([['COUNT(*)', 8]]) },
    );
    expect(both.valueOf(T, D, 't1', 'COUNT(*)')).toBe(10);
    expect(both.valueOf(T, D, 't1', 'COUNT(`team`)')).toBe(9);
  });
});
