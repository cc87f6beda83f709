import { expect, it } from 'vitest';
import { parseDaySet } from '../../shared/core/day-set.ts';
import type { Day } from '../../shared/core/days.ts';
import { staleDays } from '../../shared/core/stale.ts';
import { calendarOf, day, days, games, sameDay } from './build.ts';

const calendar = calendarOf('2022-01-01..2022-01-06');
const expected = parseDaySet('2022-01-01..2022-01-06');
const written = new Map<Day, string>([1, 2, 3, 4, 5, 6].map((n) => [day(`2022-01-0${n}`), 'T10']));
const changed = new Map<Day, string>([[day('2022-01-03'), 'T11']]);
const staleBy = (need: ReturnType<typeof sameDay>) =>
  staleDays(calendar, expected, [need], written, () => changed);

it('a day is stale when what it reads on the same day changed after it was written', () => {
  expect(staleBy(sameDay('a.u'))).toEqual(parseDaySet('2022-01-03'));
});

it('every later day of the season is stale behind a window of games', () => {
  expect(staleBy(games('a.u', 2))).toEqual(parseDaySet('2022-01-04..2022-01-06'));
});

it('only the days in reach are stale behind a window of days', () => {
  expect(staleBy(days('a.u', 2))).toEqual(parseDaySet('2022-01-04..2022-01-05'));
});

it('no day is stale for what changed in another season', () => {
  const two = {
    seasons: [
      ...calendarOf('2022-01-01..2022-01-03').seasons,
      {
        season: 2022,
        start: day('2022-01-05'),
        days: parseDaySet('2022-01-05..2022-01-06'),
        excluded: [],
      },
    ],
  };
  const stale = staleDays(two, expected, [days('a.u', 9)], written, () => changed);
  expect(stale).toEqual([]);
});

it('what changed before it was read makes nothing stale', () => {
  const earlier = new Map<Day, string>([[day('2022-01-03'), 'T09']]);
  expect(staleDays(calendar, expected, [sameDay('a.u')], written, () => earlier)).toEqual([]);
});

it('a day that was never written is not stale', () => {
  expect(staleDays(calendar, expected, [sameDay('a.u')], new Map(), () => changed)).toEqual([]);
});

it('every day that reads a table without days is stale when that table changed', () => {
  const whole = (at: string) =>
    staleDays(calendar, expected, [sameDay('a.u')], written, () => ({ whole: at }));
  expect(whole('T11')).toEqual(expected);
  expect(whole('T10')).toEqual([]);
});
