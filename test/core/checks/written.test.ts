import { describe, expect, it } from 'vitest';
import type { Written } from '../../../shared/core/checks/written.ts';
import type { LaunchWord } from '../../../shared/core/day-history.ts';
import { daySetOf } from '../../../shared/core/day-set.ts';
import { base, checkOf, D1, D2, dayWith, facts } from '../table-facts.ts';
import { historyOf, running, word } from './launches.ts';

const check: Written = { ...base, id: 'written', kind: 'written' };
const WRITTEN = '2022-01-20T10:00:01.000Z';
const found = (rows: number, changedAt: string, ...words: LaunchWord[]) =>
  checkOf(
    'written',
    facts([check], rows === 0 ? [] : [[D1, dayWith(rows)]], {
      expected: daySetOf([D1]),
      history: words.length === 0 ? new Map() : historyOf([D1, ...words]),
      changedAt: new Map([[D1, changedAt]]),
    }),
  );

describe('written', () => {
  it('passes for the rows that were reported, written after the snapshot', () => {
    expect(found(4, WRITTEN, word('a.1'))).toMatchObject({
      verdict: 'PASS',
      observed: '1/1 days as reported',
    });
  });

  it('fails when a launch reported rows and the day has none', () => {
    const all = found(0, '2022-01-20T09:00:00.000Z', word('a.1'));
    expect(all).toMatchObject({ verdict: 'FAIL', days: daySetOf([D1]) });
    expect(all?.message).toContain('has no row');
  });

  it('fails when the day holds other rows than reported', () => {
    expect(found(3, WRITTEN, word('a.1'))).toMatchObject({ verdict: 'FAIL' });
  });

  it('does not blame the launch for what somebody else wrote later, and shows nothing by it', () => {
    const all = found(3, '2022-01-21T00:00:00.000Z', word('a.1'));
    expect(all).toMatchObject({ verdict: 'UNKNOWN' });
    expect(all?.message).toContain('1 written by somebody else since');
  });

  it('fails when the content is older than the only launch that reported it', () => {
    const all = found(4, '2022-01-20T09:00:00.000Z', word('a.1'));
    expect(all).toMatchObject({ verdict: 'FAIL', days: daySetOf([D1]) });
    expect(all?.message).toContain('has not changed since before the launch');
  });

  it('passes a day written anew with the same content, whether or not its token moved', () => {
    const again = word('a.2', {
      startedAt: '2022-01-22T09:59:00.000Z',
      readAt: '2022-01-22T10:00:00.000Z',
      saidAt: '2022-01-22T10:01:00.000Z',
    });
    expect(found(4, WRITTEN, word('a.1'), again)?.verdict).toBe('PASS');
    expect(found(4, '2022-01-22T10:00:01.000Z', word('a.1'), again)?.verdict).toBe('PASS');
    const more = { ...again, rows: 5 };
    expect(found(5, WRITTEN, word('a.1'), more)?.verdict).toBe('FAIL');
  });

  it('shows nothing by a launch that told no snapshot, however old the content, and says why', () => {
    const silent = word('a.2', { readAt: null, startedAt: '2022-01-21T09:59:00.000Z' });
    const all = found(4, '2019-01-01T00:00:00.000Z', silent);
    expect(all).toMatchObject({ verdict: 'UNKNOWN', days: [] });
    expect(all?.message).toContain('1 whose launches told no snapshot');
    expect(found(4, '2019-01-01T00:00:00.000Z', word('a.1'), silent)?.verdict).toBe('FAIL');
    expect(found(4, WRITTEN, word('a.1'), silent)?.verdict).toBe('PASS');
    expect(found(0, '2019-01-01T00:00:00.000Z', silent)?.verdict).toBe('FAIL');
  });

  it('counts days without a record as unverified, and says so', () => {
    const all = checkOf(
      'written',
      facts(
        [check],
        [
          [D1, dayWith(4)],
          [D2, dayWith(4)],
        ],
        { history: historyOf([D1, word('a.1')]), changedAt: new Map([[D1, WRITTEN]]) },
      ),
    );
    expect(all?.verdict).toBe('PASS');
    expect(all?.message).toContain('1 unverified, no launch is recorded');
  });

  it.each([
    ['no launch at all', []],
    ['a launch that still runs', [running('a.1', '2022-01-20T10:00:00.000Z')]],
    ['a launch that failed', [word('a.1', { status: 'failed' })]],
    ['a launch that reported no rows', [word('a.1', { rows: 0 })]],
    ['a launch that did not count its rows', [word('a.1', { rows: null })]],
  ])('shows nothing by %s', (_, words) => {
    expect(found(4, WRITTEN, ...words)).toMatchObject({ verdict: 'UNKNOWN', days: [] });
  });
});
