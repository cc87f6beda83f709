import { describe, expect, it } from 'vitest';
import { parseDay } from '../../shared/core/days.ts';
import { balance } from './ledger.ts';
import type { Trouble } from './trouble.ts';
import type { Told } from './world.ts';

const DAY = parseDay('2021-11-10');
const LATE: Trouble = {
  kind: 'source late',
  takesDays: 2,
  tells: [{ cause: 'data/raw.box', severity: 'error' }],
  toldByHour: 18,
  stopsRuns: false,
};

const said = (kind: string, at: string, cause = 'data/raw.box', severity = 'error'): Told => ({
  at,
  key: `monitor/daily/${cause}/${kind}/${at}`,
  text: 'daily: something',
  severity,
});
const NEW = said('new', '2021-11-11T17:30:02.000Z');
const OVER = said('over', '2021-11-12T17:30:02.000Z', 'data/raw.box', 'info');

const wrongOf = (...told: readonly Told[]) =>
  balance([{ trouble: LATE, day: DAY }], told).accounts.flatMap(({ wrong }) => wrong);

describe('the ledger of a season', () => {
  it('has nothing against a trouble that was told in time and over once', () => {
    const { accounts, falseAlarms } = balance([{ trouble: LATE, day: DAY }], [NEW, OVER]);
    expect(accounts).toMatchObject([{ wrong: [], messages: 2 }]);
    expect(accounts[0]?.toldAfterHours).toBeCloseTo(17.5, 1);
    expect(falseAlarms).toEqual([]);
  });

  it('lets a reminder pass', () => {
    expect(wrongOf(NEW, said('lasts', '2021-11-12T16:30:02.000Z'), OVER)).toEqual([]);
  });

  it.each([
    ['never told', [], 'was never told'],
    ['told twice', [NEW, said('new', '2021-11-11T18:00:02.000Z'), OVER], 'was told 2 times'],
    ['told too late', [said('new', '2021-11-11T18:30:00.000Z'), OVER], 'after 2021-11-11T18:00'],
    ['told too quietly', [{ ...NEW, severity: 'warning' }, OVER], 'was warning, not error'],
    ['never over', [NEW], 'was over 0 times'],
    ['over twice', [NEW, OVER, { ...OVER, at: '2021-11-12T18:30:02.000Z' }], 'was over 2 times'],
  ] as const)('has it against a trouble that it was %s', (_, told, wrong) => {
    expect(wrongOf(...told).join()).toContain(wrong);
  });

  it('calls an alarm false that nothing explains, also during a trouble', () => {
    const other = said('new', NEW.at, 'data/precompute.form');
    const early = said('new', '2021-11-10T17:30:02.000Z');
    const { falseAlarms } = balance([{ trouble: LATE, day: DAY }], [NEW, OVER, other, early]);
    expect(falseAlarms).toEqual([other, early]);
  });

  it('counts no digest as an alarm, unless it names a monitor that is late', () => {
    const digest = { ...said('told', NEW.at, 'digest'), text: 'digest of season: nothing is open' };
    const late = { ...digest, text: 'digest of season\ndaily: was due at 2021-11-11' };
    expect(balance([], [digest, late]).falseAlarms).toEqual([late]);
  });
});
