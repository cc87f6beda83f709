import { describe, expect, it } from 'vitest';
import { parseDaySet } from '../../../shared/core/day-set.ts';
import { digestText } from '../../../shared/core/monitor/digest-text.ts';
import {
  isTooSeldomReady,
  readinessLine,
  readinessOf,
  type SeenGood,
} from '../../../shared/core/monitor/readiness.ts';
import { calendarOf, day, pipelineOf, table } from '../build.ts';

const plain = pipelineOf(table('a.one'), table('a.two', [], { bootstrapDays: 2 }));
const readyBy = { daysAfter: 1, at: '10:00' };
const pipeline = { ...plain, phases: plain.phases.map((phase) => ({ ...phase, readyBy })) };
const [ONE, TWO] = pipeline.phases.flatMap((phase) => phase.tables.map(({ name }) => name));
const calendar = calendarOf('2022-01-01..2022-01-20');
const range = { from: day('2022-01-01'), to: day('2022-01-10') };
const LATER = '2022-02-01T00:00:00.000Z';

const seen = (name: typeof ONE, days: string, at: string): SeenGood => ({
  table: name!,
  days: parseDaySet(days),
  at,
});
const readiness = (words: readonly SeenGood[], now = LATER) =>
  readinessOf(pipeline, calendar, words, range, now)[0]!;
const EARLY = [
  seen(ONE, '2022-01-01..2022-01-10', '2022-01-01T12:00:00.000Z'),
  seen(TWO, '2022-01-03..2022-01-10', '2022-01-01T12:00:00.000Z'),
];

const NOTHING = { day: day('2022-01-10'), phases: [], runs: [], spent: [] };

describe('how often a phase is ready in time', () => {
  it('counts a day when each of its tables that expects it was seen to be good by then', () => {
    expect(readiness(EARLY)).toMatchObject({ days: 10, inTime: 10, late: [], never: 0 });
  });

  it('takes the last of the tables, and of each the first time', () => {
    const found = readiness([
      seen(ONE, '2022-01-04', '2022-01-05T15:00:00.000Z'),
      seen(TWO, '2022-01-04', '2022-01-09T00:00:00.000Z'),
      seen(TWO, '2022-01-04', '2022-01-05T15:45:00.000Z'),
    ]);
    expect(found).toMatchObject({ inTime: 0, late: [45 * 60_000], never: 9 });
  });

  it('is in time on the minute, and late a moment after', () => {
    const at = (instant: string) => readiness([seen(ONE, '2022-01-01', instant)]).inTime;
    expect(at('2022-01-02T15:00:00.000Z')).toBe(1);
    expect(at('2022-01-02T15:00:00.001Z')).toBe(0);
  });

  it('counts no day that is not due yet', () => {
    expect(readiness([], '2022-01-04T15:00:00.000Z')).toMatchObject({ days: 3, never: 3 });
    expect(readiness([], '2022-01-04T14:59:00.000Z')).toMatchObject({ days: 2, never: 2 });
  });

  it('says nothing of a phase that nobody waits for', () => {
    expect(readinessOf(plain, calendar, EARLY, range, LATER)).toEqual([]);
  });
});

describe('what people read of it', () => {
  const good = readiness(EARLY);
  const bad = { ...good, inTime: 8, late: [45 * 60_000, 3 * 3_600_000], never: 0 };

  it('is one line: the share, how late, and what is not good yet', () => {
    expect(readinessLine(good)).toBe(
      'phase analytics is to be ready by 10:00 of the day after: it was on 10/10 (100.0%) days',
    );
    expect(readinessLine({ ...bad, inTime: 7, never: 1 })).toBe(
      'phase analytics is to be ready by 10:00 of the day after: it was on 7/10 (70.0%) days; late by 1 h in the median, 3 h at most; 1 day not good yet',
    );
    expect(readinessLine({ ...good, days: 0, inTime: 0 })).toContain('no day was due');
  });

  it('is too seldom below nine of ten, and never of no day', () => {
    expect(isTooSeldomReady({ ...good, inTime: 9 })).toBe(false);
    expect(isTooSeldomReady(bad)).toBe(true);
    expect(isTooSeldomReady({ ...good, days: 0, inTime: 0 })).toBe(false);
  });

  it('stands at the top of the digest when it is too seldom, and below what is late otherwise', () => {
    const { text } = digestText('tiny', [], NOTHING, [good, bad]);
    expect(text.split('\n').flatMap((line) => /\d+\/10|digest of/.exec(line)?.[0] ?? [])).toEqual([
      'digest of',
      '8/10',
      '10/10',
    ]);
  });
});
