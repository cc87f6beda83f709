import { describe, expect, it } from 'vitest';
import { parseDaySet } from '../../shared/core/day-set.ts';
import { addDays, parseDay } from '../../shared/core/days.ts';
import { coverageChart } from '../../shared/page/pictures/coverage-chart.ts';
import { dayGrid } from '../../shared/page/pictures/day-grid.ts';
import { DAY_LOOKS, type DayGridRow } from '../../shared/page/pictures/day-look.ts';
import { durationChart, lasted } from '../../shared/page/pictures/duration-chart.ts';
import { rowChart } from '../../shared/page/pictures/row-chart.ts';
import { seasonCalendar } from '../../shared/page/pictures/season-calendar.ts';

const RANGE = { from: parseDay('2021-10-19'), to: parseDay('2022-04-10') };

const row = (more: Partial<DayGridRow> = {}): DayGridRow => ({
  name: 'nba_analytics.points',
  href: '/tables/nba_analytics.points',
  outcomes: { VERIFIED: parseDaySet('2021-10-19..2021-10-27'), FAILED: parseDaySet('2021-10-28') },
  notDue: [],
  waived: [],
  excluded: [],
  ...more,
});

const pathsOf = (markup: string) => markup.match(/<path /g)?.length ?? 0;

describe('a picture of days', () => {
  it('draws no two kinds of day with the same ink, so that colours are not needed', () => {
    const inks = Object.values(DAY_LOOKS).map(({ bands }) => JSON.stringify(bands));
    expect(new Set(inks).size).toBe(inks.length);
  });

  it('says its numbers in its title', () => {
    const { markup } = dayGrid([row()], RANGE, 'Season 2021');
    expect(markup).toContain(
      '<title>nba_analytics.points: 9/10 (90.0%) verified, 1 FAILED</title>',
    );
  });

  it('draws one path a kind and one part a span, however many days', () => {
    const { markup } = dayGrid([row()], RANGE, 'Season 2021');
    const strip = markup.slice(markup.indexOf('<svg'), markup.indexOf('</svg>'));
    expect(pathsOf(strip)).toBe(2);
    expect(strip).toContain('d="M0 0h9v12h-9z"');
  });

  it('leaves days outside its range out of the ink and out of the counts', () => {
    const late = row({ outcomes: { VERIFIED: parseDaySet('2021-10-01..2021-10-20,2023-01-01') } });
    const { markup } = dayGrid([late], RANGE, 'Season 2021');
    expect(markup).toContain('2/2 (100.0%)');
    expect(markup).toContain('d="M0 0h2v12h-2z"');
  });

  it('draws a waived day as waived and counts it as due', () => {
    const waived = row({ waived: parseDaySet('2021-10-28') });
    const { markup } = dayGrid([waived], RANGE, 'Season 2021');
    expect(markup).toContain('9/10 (90.0%) verified, 1 waived</title>');
  });

  it('says that nothing is due, and never 0 of 0 verified', () => {
    const { markup } = dayGrid([row({ outcomes: {} })], RANGE, 'Season 2021');
    expect(markup).toContain('none due');
    expect(markup).not.toContain('0/0');
  });

  it('escapes names and titles', () => {
    const evil = row({ name: '<script>x' });
    const markup = [dayGrid([evil], RANGE, '<b>"'), seasonCalendar(evil, RANGE, '<b>"')]
      .map((each) => each.markup)
      .join('');
    expect(markup).not.toMatch(/<script>|<b>/);
  });
});

it('puts each day of a calendar into the column of its week and the row of its weekday', () => {
  const monday = row({ outcomes: { VERIFIED: parseDaySet('2021-10-25') } });
  const { markup } = seasonCalendar(monday, RANGE, 'Season 2021');
  const second = 32 + 14 + 1;
  expect(markup).toContain(`d="M${second} 30h12v12h-12z"`);
});

describe('coverage', () => {
  const days = [{ day: parseDay('2021-10-19'), part: 999, whole: 1000 }];

  it('never draws nearly all as all', () => {
    const { markup } = coverageChart([{ name: 'usage_rate', days }], RANGE, 'Coverage');
    expect(markup).toContain('d="M0 20v-18h1v18z"');
    expect(markup).toContain('999/1000 (99.9%) on 2021-10-19');
  });

  it('shows the worst of days that share a step', () => {
    const range = { from: RANGE.from, to: addDays(RANGE.from, 1199) };
    const good = { day: addDays(RANGE.from, 1), part: 1000, whole: 1000 };
    const { markup } = coverageChart([{ name: 'a', days: [...days, good] }], range, 'Coverage');
    expect(markup).toContain('d="M0 20v-18h2v18z"');
    expect(markup).toContain('Each step is 2 days');
  });
});

it('tells days of which nobody knows what to expect from days that are as expected', () => {
  const days = [
    { day: parseDay('2021-10-19'), rows: 10, expected: 10 },
    { day: parseDay('2021-10-20'), rows: 10, expected: null },
    { day: parseDay('2021-10-21'), rows: 5, expected: 10 },
  ];
  const { markup } = rowChart(days, RANGE, 'Rows');
  expect(markup).toContain('1 day with fewer than expected, of 1 day nobody knows what to expect');
});

it('draws what failed as something else than what ended, and says how long each took', () => {
  const bar = { name: 'points', phase: 'analytics', from: '2022-01-01T00:00:00Z' } as const;
  const { markup } = durationChart(
    [
      { ...bar, to: '2022-01-01T00:10:00Z', outcome: 'ended' },
      { ...bar, to: '2022-01-01T00:00:30Z', outcome: 'failed' },
    ],
    'Durations',
  );
  expect(markup).toContain('d="M0 0h1000v12h-1000z"');
  expect(markup).toContain('failed, 30 s');
  expect(lasted(7_500_000)).toBe('2 h 5 min');
});
