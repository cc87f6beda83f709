import { expect, it } from 'vitest';
import { localTime, timeMark } from '../../shared/page/time.ts';

it.each([
  ['2026-01-04T04:04:59.999Z', 'America/New_York', '2026-01-03 23:04 -05:00'],
  ['2026-07-04T04:04:00.000Z', 'America/New_York', '2026-07-04 00:04 -04:00'],
  ['2026-01-04T04:04:00.000Z', 'Asia/Kolkata', '2026-01-04 09:34 +05:30'],
  ['2026-01-04T04:04:00.000Z', 'America/St_Johns', '2026-01-04 00:34 -03:30'],
  ['2026-01-04T04:04:00.000Z', 'UTC', '2026-01-04 04:04 +00:00'],
])('%s is shown in %s as its clocks show it, with the offset', (instant, zone, shown) => {
  expect(localTime(instant, zone)).toBe(shown);
});

it('tells the two hours of a night that repeats one apart', () => {
  const zone = 'America/New_York';
  expect(localTime('2026-11-01T05:30:00.000Z', zone)).toBe('2026-11-01 01:30 -04:00');
  expect(localTime('2026-11-01T06:30:00.000Z', zone)).toBe('2026-11-01 01:30 -05:00');
});

it('carries the instant for machines, and makes no time of what is none', () => {
  const at = '2026-01-04T04:04:00.000Z';
  expect(timeMark(at, 'UTC').markup).toBe(`<time datetime="${at}">2026-01-04 04:04 +00:00</time>`);
  expect(timeMark('', 'UTC').markup).toBe('not known');
  expect(localTime('soon', 'UTC')).toBe('soon');
});
