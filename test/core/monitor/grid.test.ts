import { describe, expect, it } from 'vitest';
import { daySetOf, NO_DAYS, parseDaySet } from '../../../shared/core/day-set.ts';
import { judgeTable } from '../../../shared/core/judge/judge-table.ts';
import { gapFindings } from '../../../shared/core/monitor/gap-findings.ts';
import { gapTroubles } from '../../../shared/core/monitor/gap-troubles.ts';
import { gridRow } from '../../../shared/core/monitor/grid.ts';
import type { OutcomeDays } from '../../../shared/core/outcome.ts';
import { gridLines } from '../../../shared/core/view/grid-lines.ts';
import { calendarOf, dayCoverage, pipelineOf, table } from '../build.ts';
import { D1, D2, dayWith, facts } from '../table-facts.ts';

const NOON = { daysAfter: 1, at: '12:00' };
const due = pipelineOf(table('a.t', [], { due: NOON }));
const undated = pipelineOf(table('a.t'));

/** The row of a table whose days came out so, seen at this instant. */
function rowOf(outcomes: OutcomeDays, now: string, pipeline = due) {
  const judged = facts([dayCoverage], [[D1, dayWith(4)]], { now, expected: daySetOf([D1, D2]) });
  const judgement = judgeTable(judged);
  const named = { ...judgement, table: table('a.t').name };
  return gridRow(pipeline, { judgement: named, facts: judged, outcomes, notDue: NO_DAYS });
}

const [FIRST, SECOND] = [daySetOf([D1]), daySetOf([D2])];

describe('a day of the grid', () => {
  it.each(['NEVER_RAN', 'FAILED', 'PARTIAL', 'STALE', 'EMPTY_SUSPECT', 'UNJUDGED'] as const)(
    'that is %s is a gap once it is due, and not before',
    (outcome) => {
      const early = rowOf({ VERIFIED: FIRST, [outcome]: SECOND }, '2022-01-03T16:59:00.000Z');
      expect(early.gaps).toEqual({});
      const late = rowOf({ VERIFIED: FIRST, [outcome]: SECOND }, '2022-01-03T17:00:00.000Z');
      expect(late.gaps).toEqual({ [outcome]: SECOND });
    },
  );

  it.each(['VERIFIED', 'EMPTY_OK', 'RUNNING'] as const)('that is %s is none', (outcome) => {
    expect(rowOf({ [outcome]: [D1, D2].flatMap((each) => daySetOf([each])) }, LATER).gaps).toEqual(
      {},
    );
  });

  it('of a table without a due time is due when the day is over', () => {
    const outcomes = { VERIFIED: FIRST, NEVER_RAN: SECOND };
    expect(rowOf(outcomes, '2022-01-03T04:59:00.000Z', undated).gaps).toEqual({});
    expect(rowOf(outcomes, '2022-01-03T05:00:00.000Z', undated).gaps).toEqual({
      NEVER_RAN: SECOND,
    });
  });
});

const LATER = '2022-06-01T00:00:00.000Z';
const season = (outcomes: OutcomeDays) => ({
  rows: [rowOf(outcomes, LATER)],
  explained: [],
  tables: [],
  calendar: calendarOf('2022-01-01..2022-01-02'),
  range: { from: D1, to: D2 },
});

it('a gap that no check shows is told all the same, at its own table', () => {
  const troubles = gapTroubles(due, season({ VERIFIED: FIRST, EMPTY_SUSPECT: SECOND }));
  expect(gapFindings(due, troubles, 'error')).toEqual([
    {
      cause: 'data/a.t',
      severity: 'error',
      title: 'a.t lacks expected days',
      days: SECOND,
      details: [
        'a.t: ? EMPTY_SUSPECT on 2022-01-02 (1 day), overdue since 2022-01-03T17:00:00.000Z',
      ],
      next: 'npx phasegate explain --from 2022-01-02 --to 2022-01-02 --table a.t',
    },
  ]);
});

it('gaps of two seasons at one relation are one finding', () => {
  const both = [season({ NEVER_RAN: FIRST }), season({ NEVER_RAN: SECOND })];
  const found = gapFindings(
    due,
    both.flatMap((each) => gapTroubles(due, each)),
    'error',
  );
  expect(found.map(({ days }) => days)).toEqual([parseDaySet('2022-01-01..2022-01-02')]);
});

it('the grid names the months that have gaps, and only those', () => {
  const outcomes = {
    VERIFIED: parseDaySet('2022-01-01..2022-01-31,2022-02-02..2022-02-27'),
    STALE: parseDaySet('2022-02-28..2022-03-01'),
  };
  const gaps = { STALE: outcomes.STALE };
  const row = { ...rowOf({}, LATER), outcomes, gaps, excluded: FIRST };
  expect(gridLines([row])).toEqual([
    'a.t',
    '  ✓ 57/59  ↻ 2 STALE  · 1 excluded',
    '  2022-02  ✓ 26/27  ↻ 1 STALE',
    '  2022-03  ✓ 0/1  ↻ 1 STALE',
  ]);
});
