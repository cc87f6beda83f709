import { describe, expect, it } from 'vitest';
import type { Check } from '../../shared/core/check.ts';
import type { DaysSucceeded } from '../../shared/core/checks/days-succeeded.ts';
import { type DaySet, daySetOf, parseDaySet } from '../../shared/core/day-set.ts';
import type { Day } from '../../shared/core/days.ts';
import type { TableFacts } from '../../shared/core/judge/facts.ts';
import { judgeTable } from '../../shared/core/judge/judge-table.ts';
import { outcomesOf } from '../../shared/core/judge/outcomes.ts';
import {
  daysNotGood,
  daysToWrite,
  OUTCOMES,
  type Outcome,
  type OutcomeDays,
} from '../../shared/core/outcome.ts';
import { parsePercent } from '../../shared/core/percent.ts';
import { unverifiedReads } from '../../shared/core/plan.ts';
import type { DayProfile } from '../../shared/core/profile.ts';
import { itemName, measure, ROW_COUNT } from '../../shared/core/state-item.ts';
import { calendarOf, day, dayCoverage, days, pipelineOf, requestOf, table } from './build.ts';
import { historyOf, word } from './checks/launches.ts';
import { base, D1, D2, dayWith, facts, holdsOn, itemsOf, notNull } from './table-facts.ts';

const [ONE, TWO, BOTH] = [daySetOf([D1]), daySetOf([D2]), daySetOf([D1, D2])];
const populated: Check = { ...notNull, minimumPerDay: 5 };
/** Nine rows on the first day, one on the second; all of them filled. */
const thin: [Day, DayProfile][] = [
  [D1, dayWith(9, holdsOn(populated, 9))],
  [D2, dayWith(1, holdsOn(populated, 1))],
];
const found = (
  checks: readonly Check[],
  rows: [Day, DayProfile][],
  more: Partial<TableFacts> = {},
) => {
  const all = facts(checks, rows, more);
  return outcomesOf(all, judgeTable(all), all.history);
};
const refusing = (rows: [Day, DayProfile][]): Partial<TableFacts> => ({
  profile: {
    ...facts([], rows).profile,
    refused: new Map([[itemsOf(notNull).at(-1) ?? '', 'no column points']]),
  },
});

describe('a day on which a blocking check could not be evaluated', () => {
  it('is UNJUDGED where the check names it, and the others are VERIFIED', () => {
    expect(found([dayCoverage, populated], thin)).toEqual({ VERIFIED: ONE, UNJUDGED: TWO });
  });

  it('is every day with rows where the check names none', () => {
    expect(found([dayCoverage, notNull], thin, refusing(thin))).toEqual({ UNJUDGED: BOTH });
    const [first] = thin;
    expect(found([dayCoverage, notNull], [first!], refusing([first!]))).toEqual({
      UNJUDGED: ONE,
      NEVER_RAN: TWO,
    });
  });

  it('is any day whose rows nobody could count: it is not empty, and not written anew', () => {
    const uncounted = {
      profile: {
        ...facts([], []).profile,
        refused: new Map([[itemName(measure(ROW_COUNT)), 'over the byte cap']]),
      },
      history: historyOf([D1, word('a.1')]),
    };
    const outcomes = found([dayCoverage], [], uncounted);
    expect(outcomes).toEqual({ UNJUDGED: BOTH });
    expect(daysToWrite(outcomes, 'missing')).toEqual([]);
  });

  it('keeps the name of any other trouble of it', () => {
    const more = refusing(thin);
    expect(found([notNull], thin, { ...more, stale: ONE })).toMatchObject({ STALE: ONE });
    const most: Check = {
      ...base,
      id: 'most',
      kind: 'row-count',
      per: { of: 'game', atLeast: null, atMost: 5 },
    };
    expect(found([notNull, most], thin, more)).toEqual({ PARTIAL: ONE, UNJUDGED: TWO });
    const history = historyOf([D1, word('a.1')]);
    expect(found([notNull], [], { ...refusing([]), history })).toEqual({
      EMPTY_SUSPECT: ONE,
      NEVER_RAN: TWO,
    });
  });

  it('is VERIFIED all the same when the check only warns', () => {
    const warns: Check = { ...notNull, severity: 'warn' };
    expect(found([dayCoverage, warns], thin, refusing(thin))).toEqual({ VERIFIED: BOTH });
  });

  it('is every day where no check of the table applies, but none where a gate names some that do not', () => {
    const floor: Check = {
      ...dayCoverage,
      id: 'floor',
      applies: { from: D1, to: day('2022-12-31') },
    };
    expect(found([floor], thin)).toEqual({ UNJUDGED: BOTH });
    const part = facts([dayCoverage, floor], thin);
    const all = { ...part, table: { ...part.table, told: ['floor'] } };
    expect(judgeTable(all).verdict).toBe('UNKNOWN');
    expect(outcomesOf(all, judgeTable(all), all.history)).toEqual({ VERIFIED: BOTH });
  });

  it('is not blamed by the check that counts days which succeeded', () => {
    const succeeded: DaysSucceeded = {
      ...base,
      id: 'succeeded',
      kind: 'days-succeeded',
      atLeast: parsePercent(100),
    };
    expect(found([populated, succeeded], thin)).toEqual({ VERIFIED: ONE, UNJUDGED: TWO });
    expect(found([notNull, succeeded], thin, refusing(thin))).toEqual({ UNJUDGED: BOTH });
  });
});

describe('the days that a mode writes', () => {
  const dayOf = (outcome: Outcome): DaySet =>
    parseDaySet(`2022-01-${String(2 * OUTCOMES.indexOf(outcome) + 1).padStart(2, '0')}`);
  const all: OutcomeDays = Object.fromEntries(OUTCOMES.map((each) => [each, dayOf(each)]));
  const outcomesIn = (set: DaySet) =>
    OUTCOMES.filter((outcome) => set.some(({ from }) => from === dayOf(outcome)[0]?.from));

  it('are all with `all`, what ran and is bad with `failed`, and never an unjudged one otherwise', () => {
    expect(outcomesIn(daysToWrite(all, 'all'))).toEqual([...OUTCOMES]);
    expect(outcomesIn(daysToWrite(all, 'failed'))).toEqual([
      'STALE',
      'FAILED',
      'EMPTY_SUSPECT',
      'PARTIAL',
    ]);
    expect(outcomesIn(daysToWrite(all, 'missing'))).toEqual([
      'NEVER_RAN',
      'RUNNING',
      'STALE',
      'FAILED',
      'EMPTY_SUSPECT',
      'PARTIAL',
    ]);
  });

  it('may leave out an unjudged one, on which nothing is built nevertheless', () => {
    expect(outcomesIn(daysNotGood(all))).toContain('UNJUDGED');
    const upstream = table('a.up');
    const reader = table('a.down', [days('a.up', 3)]);
    const before = parseDaySet('2021-12-30');
    const outcomes = { [upstream.name]: { UNJUDGED: before } };
    const gaps = unverifiedReads(
      pipelineOf(upstream, reader),
      requestOf(pipelineOf(upstream, reader)),
      calendarOf('2021-12-30..2022-01-05', '2021-12-01'),
      outcomes,
      new Map([[reader.name, daySetOf([D1])]]),
    );
    expect(gaps).toEqual([{ table: reader.name, reads: upstream.name, days: before }]);
  });
});
