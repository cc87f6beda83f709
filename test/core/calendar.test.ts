import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  allDays,
  bridge,
  daysRead,
  daysReading,
  expectedDays,
} from '../../shared/core/calendar.ts';
import { countDays, daySetOf, eachDay, hasDay, parseDaySet } from '../../shared/core/day-set.ts';
import { dayOfNumber } from '../../shared/core/days.ts';
import type { Window } from '../../shared/core/pipeline.ts';
import { calendarOf, day } from './build.ts';

const twoSeasons = {
  seasons: [
    {
      season: 2021,
      start: day('2022-01-01'),
      days: parseDaySet('2022-01-01..2022-01-05,2022-01-08'),
      excluded: [],
    },
    {
      season: 2022,
      start: day('2022-03-01'),
      days: parseDaySet('2022-03-02..2022-03-04'),
      excluded: parseDaySet('2022-03-03'),
    },
  ],
};

describe('expected days', () => {
  it('leave out the bootstrap days of each season, counted from its start', () => {
    expect(expectedDays(twoSeasons, parseDaySet('2022-01-01..2022-12-31'), 2)).toEqual(
      parseDaySet('2022-01-03..2022-01-05,2022-01-08,2022-03-03..2022-03-04'),
    );
  });

  it('are none outside the seasons', () => {
    expect(expectedDays(twoSeasons, parseDaySet('2022-02-01..2022-02-20'), 0)).toEqual([]);
  });
});

describe('bridging', () => {
  it('writes days around a day without games as one span', () => {
    expect(bridge(twoSeasons, parseDaySet('2022-01-04..2022-01-05,2022-01-08'))).toEqual(
      parseDaySet('2022-01-04..2022-01-08'),
    );
  });

  it('never bridges an expected day that is not asked for', () => {
    expect(bridge(twoSeasons, parseDaySet('2022-01-01,2022-01-03'))).toEqual(
      parseDaySet('2022-01-01,2022-01-03'),
    );
  });

  it('never bridges two seasons', () => {
    expect(bridge(twoSeasons, allDays(twoSeasons)).length).toBe(2);
  });
});

describe('windows', () => {
  const windows: fc.Arbitrary<Window> = fc.oneof(
    fc.constant({ kind: 'same-day' } as const),
    fc.integer({ min: 1, max: 5 }).map((n) => ({ kind: 'games', games: n }) as const),
    fc.integer({ min: 1, max: 9 }).map((n) => ({ kind: 'days', days: n }) as const),
  );
  const calendars = fc
    .uniqueArray(fc.integer({ min: 18_993, max: 19_040 }), { minLength: 1, maxLength: 30 })
    .map((numbers) => calendarOf(numbers.map(dayOfNumber).join(',')));

  it('a day is made stale by exactly the days that it reads', () => {
    fc.assert(
      fc.property(calendars, windows, (calendar, window) => {
        const days = [...eachDay(allDays(calendar))];
        for (const changed of days) {
          const reading = daysReading(calendar, window, daySetOf([changed]));
          for (const reader of days) {
            const reads = daysRead(calendar, window, daySetOf([reader]));
            expect(hasDay(reading, reader)).toBe(hasDay(reads, changed));
          }
        }
      }),
    );
  });

  it('never reach into another season', () => {
    const reading = daysReading(
      twoSeasons,
      { kind: 'games', games: 10 },
      parseDaySet('2022-01-04'),
    );
    expect(reading).toEqual(parseDaySet('2022-01-05,2022-01-08'));
    expect(
      countDays(daysRead(twoSeasons, { kind: 'days', days: 90 }, parseDaySet('2022-03-02'))),
    ).toBe(0);
  });
});
