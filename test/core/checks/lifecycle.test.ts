import { describe, expect, it } from 'vitest';
import type { Lifecycle } from '../../../shared/core/checks/lifecycle.ts';
import { daySetOf } from '../../../shared/core/day-set.ts';
import { base, checkOf, D1, D2, dayWith, facts } from '../table-facts.ts';
import { historyOf, running, word } from './launches.ts';

const check: Lifecycle = {
  ...base,
  id: 'runs',
  kind: 'lifecycle',
  runningHoursAtMost: 4,
  launchesPerDayAtMost: 3,
};
const NOW = '2022-02-01T12:00:00.000Z';
const found = (history: ReturnType<typeof historyOf>, of = check) =>
  checkOf('runs', facts([of], [[D1, dayWith(4)]], { history, now: NOW }));

describe('lifecycle', () => {
  it('passes when the last launch of every recorded day ended well, and counts the others', () => {
    const all = found(historyOf([D1, word('a.1')]));
    expect(all).toMatchObject({
      verdict: 'PASS',
      observed: '1 days with run history, 1 without any',
    });
  });

  it('fails for a day that has been running for longer than allowed, and not a minute before', () => {
    const since = (start: string) => found(historyOf([D1, running('a.1', start)]));
    expect(since('2022-02-01T08:00:00.000Z')?.verdict).toBe('PASS');
    expect(since('2022-02-01T07:59:00.000Z')).toMatchObject({
      verdict: 'FAIL',
      days: daySetOf([D1]),
    });
    expect(since('2022-02-01T07:59:00.000Z')?.message).toContain('since 2022-02-01T07:59');
  });

  it('does not blame a marker that a killed launch left behind', () => {
    const old = running('a.1', '2022-01-20T08:00:00.000Z');
    expect(found(historyOf([D1, old, word('a.2')]))?.verdict).toBe('PASS');
  });

  it('fails when the last word on a day is failed, with its reason', () => {
    const failed = word('a.2', {
      status: 'failed',
      saidAt: '2022-01-20T11:00:00.000Z',
      message: 'quota exceeded',
    });
    const all = found(historyOf([D1, word('a.1')], [D2, word('a.1'), failed]));
    expect(all).toMatchObject({ verdict: 'FAIL', days: daySetOf([D2]) });
    expect(all?.message).toContain('quota exceeded');
  });

  it('fails when one day was launched too often within 24 hours, never over longer', () => {
    const storm = (hours: number) =>
      [0, 1, 2, 3].map((n) => {
        const start = new Date(Date.parse('2022-01-20T00:00:00.000Z') + n * hours * 3_600_000);
        return word(`a.${n}`, { startedAt: start.toISOString() });
      });
    expect(found(historyOf([D1, ...storm(1)]))).toMatchObject({
      verdict: 'FAIL',
      days: daySetOf([D1]),
    });
    expect(found(historyOf([D1, ...storm(8)]))?.verdict).toBe('PASS');
    const earlier = word('a.9', { startedAt: '2021-12-01T00:00:00.000Z' });
    expect(found(historyOf([D1, earlier, ...storm(1)]))?.message).toContain(
      '2022-01-01 had 4 launches within 24 h',
    );
    const anyNumber = { ...check, launchesPerDayAtMost: null };
    expect(found(historyOf([D1, ...storm(1)]), anyNumber)?.verdict).toBe('PASS');
  });

  it('shows nothing of a table without any history', () => {
    expect(found(new Map())).toMatchObject({ verdict: 'UNKNOWN', days: [] });
  });
});
