import { expect, it } from 'vitest';
import type { Check } from '../../shared/core/check.ts';
import { parseDaySet } from '../../shared/core/day-set.ts';
import type { Day } from '../../shared/core/days.ts';
import { judgeTable } from '../../shared/core/judge/judge-table.ts';
import { outcomesOf } from '../../shared/core/judge/outcomes.ts';
import { daysToWrite } from '../../shared/core/outcome.ts';
import type { DayProfile } from '../../shared/core/profile.ts';
import { dayCoverage } from '../core/build.ts';
import { historyOf, running, word } from '../core/checks/launches.ts';
import { base, D1, D2, dayWith, facts } from '../core/table-facts.ts';

const failed = word('a.1', { status: 'failed', rows: null, readAt: null });
const fourRows: Check = {
  ...base,
  id: 'rows',
  kind: 'row-count',
  per: { of: 'game', atLeast: 4, atMost: null },
};

/** What became of days of which this is there, and this was said. */
function found(rows: [Day, DayProfile][], said: ReturnType<typeof historyOf>) {
  const all = facts([dayCoverage, fourRows], rows);
  return outcomesOf(all, judgeTable(all), said);
}

it('a day whose job said that it is done, and that is not whole, is written again by default', () => {
  const outcomes = found(
    [
      [D1, dayWith(1)],
      [D2, dayWith(4)],
    ],
    historyOf([D1, word('a.1')], [D2, word('a.1')]),
  );
  expect(outcomes).toEqual({
    PARTIAL: parseDaySet('2022-01-01'),
    VERIFIED: parseDaySet('2022-01-02'),
  });
  expect(daysToWrite(outcomes, 'missing')).toEqual(parseDaySet('2022-01-01'));
});

it.each([
  ['said nothing', historyOf(), 'NEVER_RAN'],
  ['said that it began', historyOf([D1, running('a.1', '2022-01-20T09:59:00.000Z')]), 'NEVER_RAN'],
  ['said that it failed', historyOf([D1, failed]), 'FAILED'],
  ['said that it succeeded', historyOf([D1, word('a.1')]), 'EMPTY_SUSPECT'],
  ['succeeded with no row', historyOf([D1, word('a.1', { rows: 0 })]), 'EMPTY_SUSPECT'],
])('an empty day of a job that %s is never good, and is told apart', (_, said, outcome) => {
  const outcomes = found([[D2, dayWith(4)]], said);
  expect(outcomes).toEqual({
    [outcome]: parseDaySet('2022-01-01'),
    VERIFIED: parseDaySet('2022-01-02'),
  });
  expect(daysToWrite(outcomes, 'missing')).toEqual(parseDaySet('2022-01-01'));
});

it.each([
  ['says nothing', historyOf()],
  ['says that it failed', historyOf([D1, failed])],
])('a day that is whole is good, though its record %s', (_, said) => {
  const rows: [Day, DayProfile][] = [
    [D1, dayWith(4)],
    [D2, dayWith(4)],
  ];
  expect(found(rows, said)).toEqual({ VERIFIED: parseDaySet('2022-01-01..2022-01-02') });
});
