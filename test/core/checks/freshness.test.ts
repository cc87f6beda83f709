import { describe, expect, it } from 'vitest';
import type { Freshness } from '../../../shared/core/checks/freshness.ts';
import { daySetOf, parseDaySet } from '../../../shared/core/day-set.ts';
import type { Day } from '../../../shared/core/days.ts';
import { day } from '../build.ts';
import { base, checkOf, D1, D2, dayWith, facts } from '../table-facts.ts';

const check: Freshness = {
  ...base,
  id: 'in-time',
  kind: 'freshness',
  dueDays: 1,
  dueTime: '11:00',
};
const at = (now: string, withRows: readonly Day[], days: readonly Day[] = [D1, D2]) =>
  checkOf(
    'in-time',
    facts(
      [check],
      withRows.map((each) => [each, dayWith(4)]),
      { now, expected: daySetOf(days) },
    ),
  );

describe('freshness', () => {
  it('passes when every day that is due has rows, and says how many are not due', () => {
    const found = at('2022-01-02T16:00:00.000Z', [D1]);
    expect(found).toMatchObject({ verdict: 'PASS', days: [] });
    expect(found?.message).toBe('1/1 due days have rows; 1 days are not due yet');
  });

  it('fails for a due day without rows, naming it and how late it is', () => {
    const found = at('2022-01-03T18:30:00.000Z', [D1]);
    expect(found).toMatchObject({ verdict: 'FAIL', days: daySetOf([D2]) });
    expect(found?.message).toContain('2022-01-02, was due 2022-01-03T16:00:00.000Z, 2 h ago');
  });

  it('is not deceived by newer days: each is asked for itself', () => {
    const found = at('2022-01-20T00:00:00.000Z', [D2]);
    expect(found).toMatchObject({ verdict: 'FAIL', days: daySetOf([D1]) });
    expect(found?.message).toContain('17 days ago');
  });

  it('makes a day due on the minute, not before', () => {
    expect(at('2022-01-02T15:59:59.999Z', [])?.verdict).toBe('UNKNOWN');
    expect(at('2022-01-02T16:00:00.000Z', [])?.verdict).toBe('FAIL');
  });

  it('shows nothing while all days are to come, and nothing without a day', () => {
    expect(at('2022-01-02T12:00:00.000Z', [])?.message).toContain('no day is due yet');
    expect(at('2022-02-01T12:00:00.000Z', [], [])?.verdict).toBe('UNKNOWN');
  });

  it.each([
    ['2022-03-12', '2022-03-13T15:00:00.000Z'],
    ['2022-11-05', '2022-11-06T16:00:00.000Z'],
  ])('is right on the morning after the clocks changed: %s is due at %s', (on, due) => {
    const before = new Date(Date.parse(due) - 1).toISOString();
    expect(at(before, [], [day(on)])?.verdict).toBe('UNKNOWN');
    expect(at(due, [], [day(on)])).toMatchObject({ verdict: 'FAIL', days: parseDaySet(on) });
  });
});
