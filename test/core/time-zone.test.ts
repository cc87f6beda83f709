import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { dayAt, instantAt, isTimeZone } from '../../shared/core/time-zone.ts';
import { day } from './build.ts';

const NEW_YORK = 'America/New_York';
const at = (on: string, time: string, zone = NEW_YORK) =>
  new Date(instantAt(day(on), time, zone)).toISOString();

describe('a time of day', () => {
  it.each([
    ['2022-01-05', '11:00', '2022-01-05T16:00:00.000Z'],
    ['2022-07-05', '11:00', '2022-07-05T15:00:00.000Z'],
    ['2022-03-13', '01:59', '2022-03-13T06:59:00.000Z'],
    ['2022-03-13', '03:00', '2022-03-13T07:00:00.000Z'],
    ['2022-11-06', '00:30', '2022-11-06T04:30:00.000Z'],
    ['2022-11-06', '02:00', '2022-11-06T07:00:00.000Z'],
    ['2022-11-06', '23:59', '2022-11-07T04:59:00.000Z'],
  ])('on %s at %s in New York is %s', (on, time, instant) => {
    expect(at(on, time)).toBe(instant);
  });

  it('that the night of spring skips comes an hour later on the clock', () => {
    expect(at('2022-03-13', '02:30')).toBe('2022-03-13T07:30:00.000Z');
  });

  it('that the night of autumn repeats is the first of the two', () => {
    expect(at('2022-11-06', '01:30')).toBe('2022-11-06T05:30:00.000Z');
  });

  it('is right east of Greenwich and at half hours too', () => {
    expect(at('2022-01-05', '06:00', 'Asia/Kolkata')).toBe('2022-01-05T00:30:00.000Z');
    expect(at('2022-01-05', '00:00', 'Pacific/Kiritimati')).toBe('2022-01-04T10:00:00.000Z');
  });

  it('read back on the zone’s calendar is the same day', () => {
    const zones = [NEW_YORK, 'Europe/Berlin', 'Asia/Tokyo', 'Australia/Lord_Howe', 'UTC'];
    const days = fc.integer({ min: 0, max: 20_000 });
    const minutes = fc.integer({ min: 0, max: 1439 });
    fc.assert(
      fc.property(days, minutes, fc.constantFrom(...zones), (number, minute, zone) => {
        const on = day(new Date(number * 86_400_000).toISOString().slice(0, 10));
        const time = `${String(Math.floor(minute / 60)).padStart(2, '0')}:${String(minute % 60).padStart(2, '0')}`;
        expect(dayAt(at(on, time, zone), zone)).toBe(on);
      }),
      { seed: 7, numRuns: 300 },
    );
  });
});

it('a day begins at midnight of the zone, not of Greenwich', () => {
  expect(dayAt('2026-07-01T03:59:59.999Z', NEW_YORK)).toBe('2026-06-30');
  expect(dayAt('2026-07-01T04:00:00.000Z', NEW_YORK)).toBe('2026-07-01');
});

it('knows a time zone from a word', () => {
  expect(isTimeZone(NEW_YORK)).toBe(true);
  expect(isTimeZone('America/Gotham')).toBe(false);
});
