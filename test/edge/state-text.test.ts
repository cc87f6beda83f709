import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { daySetOf } from '../../shared/core/day-set.ts';
import { type Day, dayOfNumber } from '../../shared/core/days.ts';
import { parseTableName } from '../../shared/core/ids.ts';
import { waitingFor } from '../../shared/core/table-state.ts';
import { packDays, readStateText, unpackDays, writeState } from '../../shared/edge/state-text.ts';
import { randomOf } from '../../shared/league/random.ts';
import { AT, given, neverRan, requested } from '../core/run-story.ts';

const FIRST = 12_000;

describe('the text of a day set', () => {
  it('says the same days, whichever they are', () => {
    const spans = fc.array(fc.tuple(fc.nat(80), fc.nat(80)), { maxLength: 60, size: 'max' });
    fc.assert(
      fc.property(spans, (drawn) => {
        const numbers: number[] = [];
        let next = FIRST;
        for (const [gap, length] of drawn) {
          next += gap;
          for (const end = next + length; next < end; next++) numbers.push(next);
        }
        const days = daySetOf(numbers.map(dayOfNumber));
        expect(unpackDays(packDays(days))).toEqual(days);
      }),
      { seed: 12000 },
    );
  });

  it('of one long span is short', () => {
    expect(packDays([{ from: '2021-10-19' as Day, to: '2023-04-09' as Day }])).toBe(
      '2021-10-19:(ex)',
    );
  });
});

describe('the text of a run state', () => {
  const { state } = given(requested, neverRan);

  it('gives the state back as it was', () => {
    if (state === null) throw new Error('no state');
    expect(readStateText(writeState(state), AT)).toEqual(state);
  });

  it('stays below 64 KB at 20 tables and 10,000 days of which 5 % are missing at random', () => {
    if (state === null) throw new Error('no state');
    const random = randomOf('holes', 7);
    const tables = Array.from({ length: 20 }, (_, n) => {
      const days = Array.from({ length: 10_000 }, (_, day) => day).filter(
        () => !random.chance(0.05),
      );
      const set = daySetOf(days.map((day) => dayOfNumber(FIRST + day)));
      return [parseTableName(`a.table_${n}`), waitingFor(set, 0)] as const;
    });
    const text = writeState({ ...state, tables: Object.fromEntries(tables) });
    expect(text.length).toBeGreaterThan(20_000);
    expect(text.length).toBeLessThan(64 * 1024);
    expect(readStateText(text, AT).tables).toEqual(Object.fromEntries(tables));
  });
});
