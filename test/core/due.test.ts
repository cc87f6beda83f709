import { describe, expect, it } from 'vitest';
import { NO_DAYS, parseDaySet } from '../../shared/core/day-set.ts';
import { daysDue, dueAt, notDueYet, WHEN_OVER } from '../../shared/core/due.ts';
import { day } from './build.ts';

const ZONE = 'America/New_York';
const NOON = { daysAfter: 1, at: '12:00' };
const WEEK = parseDaySet('2022-01-03..2022-01-09');

describe('a due time', () => {
  it.each([
    ['2022-01-04T16:59:59.999Z', 'none'],
    ['2022-01-04T17:00:00.000Z', '2022-01-03..2022-01-03'],
    ['2022-01-08T16:59:00.000Z', '2022-01-03..2022-01-06'],
    ['2022-02-01T00:00:00.000Z', '2022-01-03..2022-01-09'],
  ])('at %s makes these days due: %s', (now, days) => {
    const expected = days === 'none' ? NO_DAYS : parseDaySet(days);
    expect(daysDue(NOON, WEEK, ZONE, now)).toEqual(expected);
  });

  it.each([
    ['2022-03-12', '2022-03-13T16:00:00.000Z'],
    ['2022-11-05', '2022-11-06T17:00:00.000Z'],
  ])('is noon by the clocks on the wall, also on the day they change: %s at %s', (on, at) => {
    expect(new Date(dueAt(NOON, day(on), ZONE)).toISOString()).toBe(at);
    const before = new Date(Date.parse(at) - 1).toISOString();
    expect(daysDue(NOON, parseDaySet(on), ZONE, before)).toEqual(NO_DAYS);
    expect(daysDue(NOON, parseDaySet(on), ZONE, at)).toEqual(parseDaySet(on));
  });

  it('of the same evening and of days later is counted from the day itself', () => {
    const evening = { daysAfter: 0, at: '19:00' };
    expect(daysDue(evening, WEEK, ZONE, '2022-01-05T01:00:00.000Z').at(-1)?.to).toBe('2022-01-04');
    const late = { daysAfter: 3, at: '07:00' };
    expect(daysDue(late, WEEK, ZONE, '2022-01-08T12:00:00.000Z').at(-1)?.to).toBe('2022-01-05');
  });

  it('that nobody gave has a day due when it is over', () => {
    expect(daysDue(WHEN_OVER, WEEK, ZONE, '2022-01-05T05:00:00.000Z').at(-1)?.to).toBe(
      '2022-01-04',
    );
  });

  it('excuses days without rows until it comes, and never a day that has some', () => {
    const filled = parseDaySet('2022-01-03,2022-01-09');
    const early = notDueYet(NOON, WEEK, filled, ZONE, '2022-01-08T16:59:00.000Z');
    expect(early).toEqual(parseDaySet('2022-01-07..2022-01-08'));
    expect(notDueYet(null, WEEK, NO_DAYS, ZONE, '2022-01-03T00:00:00.000Z')).toEqual(NO_DAYS);
  });
});
