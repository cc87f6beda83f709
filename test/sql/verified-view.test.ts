import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { allDays, type Calendar } from '../../shared/core/calendar.ts';
import {
  countDays,
  daySetOf,
  intersect,
  parseDaySet,
  subtract,
} from '../../shared/core/day-set.ts';
import { addDays, dayOfNumber } from '../../shared/core/days.ts';
import { parseTableName } from '../../shared/core/ids.ts';
import { verifiedViewOf } from '../../shared/core/published.ts';
import { readVerifiedView, verifiedView } from '../../shared/sql/verified-view.ts';
import { calendarOf, day, table } from '../core/build.ts';

const teams = table('a.teams');
const VIEW = verifiedViewOf(teams.name);
const NO_CALENDAR: Calendar = { seasons: [] };
const someDays = fc
  .uniqueArray(fc.integer({ min: 18_900, max: 19_700 }), { maxLength: 60 })
  .map((numbers) => daySetOf(numbers.map(dayOfNumber)));

/** The days that the text names as literals. */
function literalDays(text: string) {
  const spans = [...text.matchAll(/BETWEEN DATE '(\S+)' AND DATE '(\S+)'/g)];
  return spans.map(([, from = '', to = '']) => ({ from: day(from), to: day(to) }));
}

describe('the text of a verified view', () => {
  it('reads as a person would write it', () => {
    const days = parseDaySet('2022-01-01..2022-01-03,2022-01-07');
    const text = verifiedView(teams, { days, change: 4 }, NO_CALENDAR);
    expect(text.split('\n').slice(1)).toEqual([
      'SELECT',
      '  `game_date`,',
      '  `team`,',
      '  `game_id`,',
      '  `points`',
      'FROM `a.teams`',
      "WHERE `game_date` BETWEEN DATE '2022-01-01' AND DATE '2022-01-03'",
      "  OR `game_date` BETWEEN DATE '2022-01-07' AND DATE '2022-01-07'",
    ]);
  });

  it('names the day column when it shows no day, and no date meets the condition', () => {
    const text = verifiedView(teams, { days: [], change: 0 }, NO_CALENDAR);
    expect(text).toMatch(/WHERE `game_date` < DATE '0001-01-01'$/);
  });

  it('gives back the very days and the change that were written into it', () => {
    fc.assert(
      fc.property(someDays, fc.nat(), (days, change) => {
        const text = verifiedView(teams, { days, change }, NO_CALENDAR);
        expect(readVerifiedView(VIEW, text)).toEqual({ days, change });
        expect(literalDays(text)).toEqual(days);
      }),
    );
  });

  it.each([
    ['has no line of ours', (_: string) => 'SELECT * FROM `a.teams`', 'first line is not ours'],
    [
      'has a line that is cut',
      (text: string) => text.replace('"change"', '"chan'),
      'first line cannot be read',
    ],
    [
      'claims a day that is none',
      (text: string) => text.replace('2022-01-01', '2022-13-01'),
      'cannot be read',
    ],
    [
      'shows one day more than its line says',
      (text: string) => text.replace("DATE '2022-01-02'", "DATE '2022-01-03'"),
      'query was edited',
    ],
    ['ends in a condition of somebody else', (text: string) => `${text}\n  OR TRUE`, 'was edited'],
  ])('is a conflict that names the view when it %s', (_, change, reason) => {
    const days = parseDaySet('2022-01-01..2022-01-02');
    const text = verifiedView(teams, { days, change: 1 }, NO_CALENDAR);
    expect(() => readVerifiedView(VIEW, change(text))).toThrow(
      expect.objectContaining({
        kind: 'conflict',
        message: expect.stringMatching(new RegExp(`view a_verified\\.teams .*${reason}`)),
      }),
    );
  });
});

describe('a view of more than 200 spans', () => {
  const start = day('2021-10-19');
  const every = (step: number, count: number) =>
    daySetOf(Array.from({ length: count }, (_, index) => addDays(start, index * step)));
  const games = every(2, 220);
  const calendar: Calendar = {
    seasons: [{ season: 2021, start, days: games, excluded: [] }],
  };

  it('is bridged over days without games, keeps every hole with games, and still knows its days', () => {
    const hole = parseDaySet('2021-12-24');
    const days = subtract(games, hole);
    const text = verifiedView(teams, { days, change: 1 }, calendar);
    const spans = literalDays(text);
    expect(intersect(games, hole)).toEqual(hole);
    expect(spans).toHaveLength(2);
    expect(intersect(spans, allDays(calendar))).toEqual(days);
    expect(readVerifiedView(VIEW, text).days).toEqual(days);
  });

  it('keeps days that the calendar does not know as they are', () => {
    const other = calendarOf('2020-01-01..2020-01-03', '2020-01-01');
    const text = verifiedView(teams, { days: games, change: 1 }, other);
    expect(countDays(literalDays(text))).toBe(220);
    expect(literalDays(text)).toHaveLength(220);
  });

  it('is not bridged with 200', () => {
    const text = verifiedView(teams, { days: every(2, 200), change: 1 }, calendar);
    expect(literalDays(text)).toHaveLength(200);
  });
});

it('stands in the dataset of its table with `_verified` behind it', () => {
  expect(verifiedViewOf(parseTableName('nba_predictions.ml_feature_store_v2'))).toBe(
    'nba_predictions_verified.ml_feature_store_v2',
  );
});
