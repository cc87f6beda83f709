import { describe, expect, it } from 'vitest';
import type { Check } from '../../shared/core/check.ts';
import { parseDaySet } from '../../shared/core/day-set.ts';
import type { Day } from '../../shared/core/days.ts';
import { relationsChosen } from '../../shared/core/gate-selection.ts';
import { parseTableName } from '../../shared/core/ids.ts';
import { judgeTable } from '../../shared/core/judge/judge-table.ts';
import { parsePercent } from '../../shared/core/percent.ts';
import type { DayProfile } from '../../shared/core/profile.ts';
import { day, dayCoverage, pipelineOf, table } from './build.ts';
import { factsOf, SEASON } from './checks/two-seasons.ts';
import {
  checkOf,
  D1,
  D2,
  dayWith,
  facts,
  gamesThere,
  holdsOn,
  notNull,
  worse,
} from './table-facts.ts';

const bothDays: [Day, DayProfile][] = [
  [D1, dayWith(2)],
  [D2, dayWith(2)],
];

describe('a check', () => {
  it('is held against its own threshold, whatever its neighbour of the same kind asks for', () => {
    const strict: Check = { ...notNull, id: 'team', column: 'team', atLeast: parsePercent(90) };
    const share: DayProfile = dayWith(10, { ...holdsOn(notNull, 8), ...holdsOn(strict, 8) });
    for (const checks of [[notNull, strict] as const, [strict, notNull] as const]) {
      const all = facts(checks, [[D1, share]]);
      expect(checkOf('points', all)?.verdict).toBe('PASS');
      expect(checkOf('team', all)?.verdict).toBe('FAIL');
    }
  });

  it('is not waived by what somebody signed for another check of the table', () => {
    const waiver = {
      table: parseTableName('a.t'),
      check: 'days',
      days: parseDaySet('2022-01-02'),
      reason: 'arena closed',
      who: 'ana',
      until: day('2026-12-31'),
    };
    const all = facts([dayCoverage, gamesThere], [[D1, dayWith(2)]], { waivers: [waiver] });
    expect(checkOf('days', all)?.verdict).toBe('WARN');
    expect(checkOf('games', all)).toMatchObject({
      verdict: 'FAIL',
      days: parseDaySet('2022-01-01..2022-01-02'),
    });
  });
});

describe('the columns of the warehouse', () => {
  const declared = table('a.t').columns;
  const withColumns = (actualColumns: typeof declared | null) =>
    checkOf('schema', facts([dayCoverage], bothDays, { actualColumns }));

  it('fail the table when a declared one is missing, or has another type', () => {
    expect(withColumns(declared.filter(({ name }) => name !== 'points'))).toMatchObject({
      verdict: 'FAIL',
      message: 'points is missing',
    });
    const others = declared.map((column) =>
      column.name === 'points' ? ({ ...column, type: 'STRING' } as const) : column,
    );
    expect(withColumns(others)).toMatchObject({
      verdict: 'FAIL',
      message: 'points is STRING instead of INT64',
    });
  });

  it('do no harm when there are more of them, and show nothing without a table', () => {
    const more = [...declared, { name: 'note', type: 'STRING', required: false } as const];
    expect(withColumns(more)?.verdict).toBe('PASS');
    expect(withColumns(null)?.verdict).toBe('UNKNOWN');
  });
});

describe('a baseline', () => {
  it('whose blocking check could not be evaluated is none', () => {
    const judgedBeside = (blocking: Check) => {
      const answer = ({ id }: Check) => (id === 'worse' ? [9, 10] : [10, 10, 10]);
      return judgeTable(factsOf([blocking, worse], SEASON[2022], answer)).checks.find(
        ({ id }) => id === 'worse',
      );
    };
    expect(judgedBeside(notNull)?.verdict).toBe('PASS');
    const thin = judgedBeside({ ...notNull, minimumPopulation: 1000 });
    expect(thin?.verdict).toBe('UNKNOWN');
    expect(thin?.message).toContain('does not pass itself (points: only 300 eligible rows');
  });

  it('is what all blocking checks of the table say, however few of them a gate names', () => {
    const pipeline = { ...pipelineOf(table('a.t', [], { checks: [dayCoverage, notNull, worse] })) };
    const judgedIn = (checks: readonly string[] | null, isThere: (on: Day) => boolean) => {
      const gates = [
        { name: 'some', description: null, tables: [{ table: parseTableName('a.t'), checks }] },
      ];
      const [relation] = relationsChosen({ ...pipeline, gates }, { gate: 'some' });
      const answer = ({ id }: Check, on: Day) =>
        isThere(on) ? (id === 'worse' ? [9, 10] : [10, 10, 10]) : null;
      const all = factsOf(relation!.checks, SEASON[2022], answer);
      return judgeTable({ ...all, table: relation! }).checks;
    };
    const oddDays = (on: Day) => on >= SEASON[2022].from || Number(on.slice(-1)) % 2 === 1;
    const verdictOf = (checks: readonly string[] | null, isThere = oddDays) =>
      judgedIn(checks, isThere).find(({ id }) => id === 'worse');
    for (const named of [null, ['points', 'worse'], ['worse']]) {
      expect(verdictOf(named)).toMatchObject({
        verdict: 'UNKNOWN',
        message: expect.stringContaining('does not pass itself (days:'),
      });
      expect(verdictOf(named, () => true)?.verdict).toBe('PASS');
    }
    const told = judgedIn(['worse'], () => true).map(({ id }) => id);
    expect(told).toEqual(['worse', 'fresh', 'placed', 'schema']);
  });
});
