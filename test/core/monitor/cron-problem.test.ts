import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { cronerCrons } from '../../../shared/adapters/croner-crons.ts';
import { cronProblem } from '../../../shared/core/monitor/cron-problem.ts';

describe('a cron', () => {
  it.each([
    '* * * * *',
    '30 7 * * 1-5',
    '*/15 0-6,22 1,15 1-12/3 0',
    '59 23 31 12 7',
    '0 0 29 2 *',
    '0 0 31 2 1',
  ])('%s is read', (cron) => {
    expect(cronProblem(cron)).toBeNull();
  });

  it.each([
    ['', 'has 1 fields'],
    ['0 0 7 * * *', 'has 6 fields'],
    ['60 7 * * *', 'the minute is "60"'],
    ['0 24 * * *', 'the hour is "24"'],
    ['0 7 0 * *', 'the day of month is "0"'],
    ['0 7 * 13 *', 'the month is "13"'],
    ['0 7 * * MON', 'the day of week is "MON"'],
    ['0 7 * * 8', 'the day of week is "8"'],
    ['0 7 * * 5-1', 'the day of week is "5-1"'],
    ['*/0 7 * * *', 'the minute is "*/0"'],
    ['*/61 7 * * *', 'the minute is "*/61"'],
    ['5/15 * * * *', 'the minute is "5/15"'],
    ['0 0 30 2 *', 'is never due'],
    ['0 9 31 4,6 *', 'is never due'],
    ['0 7,,8 * * *', 'the hour is ""'],
  ])('%j is refused with its place', (cron, message) => {
    expect(cronProblem(cron)).toContain(message);
  });

  it('that is accepted can be read by whoever calls the local world', () => {
    const field = (least: number, most: number) => {
      const number = fc.integer({ min: least, max: most });
      const span = fc.tuple(number, number).map(([a, b]) => `${Math.min(a, b)}-${Math.max(a, b)}`);
      const step = fc.integer({ min: 1, max: most });
      const stepped = fc.tuple(fc.oneof(fc.constant('*'), span), step);
      return fc.oneof(
        fc.constant('*'),
        number.map(String),
        span,
        stepped.map(([of, each]) => `${of}/${each}`),
      );
    };
    const cron = fc
      .tuple(field(0, 59), field(0, 23), field(1, 31), field(1, 12), field(0, 7))
      .map((fields) => fields.join(' '));
    fc.assert(
      fc.property(cron, (text) => {
        fc.pre(cronProblem(text) === null);
        const time = { cron: text, timeZone: 'America/New_York' };
        const at = '2026-01-03T14:00:00.000Z';
        const next = cronerCrons.nextDue(time, at);
        expect(next).not.toBeNull();
        expect(cronerCrons.lastDue(time, next ?? at)).toBe(next);
      }),
      { seed: 6, numRuns: 200 },
    );
  });
});

describe('a night on which clocks change', () => {
  const at = (cron: string, from: string) =>
    cronerCrons.nextDue({ cron, timeZone: 'America/New_York' }, from);

  it('that skips a time is due when its clocks have moved on, once', () => {
    expect(at('30 2 * * *', '2026-03-08T05:00:00.000Z')).toBe('2026-03-08T07:00:00.000Z');
    expect(at('30 2 * * *', '2026-03-08T07:00:00.000Z')).toBe('2026-03-09T06:30:00.000Z');
  });

  it('that repeats a time is due once, at the first', () => {
    expect(at('30 1 * * *', '2026-11-01T04:00:00.000Z')).toBe('2026-11-01T05:30:00.000Z');
    expect(at('30 1 * * *', '2026-11-01T05:30:00.000Z')).toBe('2026-11-02T06:30:00.000Z');
  });

  it('leaves nine in the morning at nine in the morning', () => {
    expect(at('0 9 * * *', '2026-03-07T15:00:00.000Z')).toBe('2026-03-08T13:00:00.000Z');
    expect(at('0 9 * * *', '2026-10-31T14:00:00.000Z')).toBe('2026-11-01T14:00:00.000Z');
  });
});
