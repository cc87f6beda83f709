import { describe, expect, it } from 'vitest';
import type { Check } from '../../../shared/core/check.ts';
import { parsePhaseName, parseTableName } from '../../../shared/core/ids.ts';
import { parsePercent } from '../../../shared/core/percent.ts';
import type { RunEvent } from '../../../shared/core/run-event.ts';
import { durationBars } from '../../../shared/core/view/duration-bars.ts';
import { featureCoverage } from '../../../shared/core/view/feature-coverage.ts';
import { rowsOfDays } from '../../../shared/core/view/rows-of-days.ts';
import { judged, requested } from '../run-story.ts';
import { base, D1, D2, dayWith, facts, gamesThere, holdsOn, notNull } from '../table-facts.ts';

describe('the coverage of a column', () => {
  it('is the rows that have a value, of all that count', () => {
    const days = featureCoverage(facts([notNull], [[D1, dayWith(10, holdsOn(notNull, 4))]]));
    expect(days).toEqual([{ name: 'points', days: [{ day: D1, part: 4, whole: 10 }] }]);
  });

  it('has no day where nobody could count it, and never a zero', () => {
    const days = featureCoverage(facts([notNull], [[D1, dayWith(10)]]));
    expect(days).toEqual([{ name: 'points', days: [] }]);
  });

  it('leaves out earlier days, which a check compares with', () => {
    const filled = dayWith(10, holdsOn(notNull, 4));
    const days = featureCoverage(
      facts(
        [notNull],
        [
          [D1, filled],
          [D2, filled],
        ],
        { from: D2 },
      ),
    );
    expect(days).toEqual([{ name: 'points', days: [{ day: D2, part: 4, whole: 10 }] }]);
  });
});

describe('the rows of a day', () => {
  const twoAGame: Check = {
    ...base,
    id: 'rows',
    kind: 'row-count',
    per: { of: 'game', atLeast: 2, atMost: 2 },
  };

  it('stand against an exact promise per game', () => {
    expect(rowsOfDays(facts([twoAGame], [[D1, dayWith(1)]]))).toEqual([
      { day: D1, rows: 1, expected: 2 },
      { day: D2, rows: 0, expected: 2 },
    ]);
  });

  it('stand against nothing where the promise leaves room', () => {
    const room: Check = { ...twoAGame, per: { of: 'game', atLeast: 2, atMost: 30 } };
    expect(rowsOfDays(facts([room], [[D1, dayWith(1)]]))[0]?.expected).toBeNull();
  });

  it('stand against the games only of a table that has one row a game', () => {
    const rows = rowsOfDays(facts([gamesThere], [[D1, dayWith(1)]]));
    expect(rows[0]?.expected).toBeNull();
    const table = { ...facts([gamesThere], []).table, key: ['game_date', 'game_id'] };
    expect(rowsOfDays(facts([gamesThere], [[D1, dayWith(1)]], { table }))[0]?.expected).toBe(1);
  });

  it('are not taken for none where the warehouse refused to count', () => {
    const all = facts([twoAGame], []);
    const refused = new Map([['COUNT(*)', 'no such table']]);
    expect(rowsOfDays({ ...all, profile: { ...all.profile, refused } })).toEqual([]);
  });

  it('against a share of another table are known only where it is all of it', () => {
    const of = parseTableName('a.other');
    const per = { of: 'table', table: of, atLeast: parsePercent(100) } as const;
    const rowsOf = new Map([[of, new Map([[D1, 7]])]]);
    const expectedWith = (atMost: number) =>
      rowsOfDays(
        facts([{ ...twoAGame, per: { ...per, atMost: parsePercent(atMost) } }], [], { rowsOf }),
      )[0]?.expected;
    expect([expectedWith(100), expectedWith(120)]).toEqual([7, null]);
  });
});

describe('the durations of a run', () => {
  const phase = parsePhaseName('analytics');
  const table = parseTableName('a.teams');
  const at = (minute: string) => `2026-01-03T04:${minute}:00.000Z`;
  const launched = (attempt: number, minute: string): RunEvent => ({
    type: 'launch-confirmed',
    table,
    attempt,
    execution: 'e',
    at: at(minute),
  });
  const failed: RunEvent = {
    type: 'job-failed',
    table,
    attempt: 1,
    failure: 'transient',
    message: '',
    at: at('05'),
  };
  const roll = (verdict: 'PASS' | 'FAIL'): RunEvent => {
    const found = judged('a.teams', verdict);
    if (found.type !== 'gate-judged') throw new Error('no verdict');
    return { type: 'roll-called', phase, round: 1, tables: { [table]: found }, at: at('20') };
  };

  it('tell a launch that failed from the one after it, and let what goes on end where the run was last heard', () => {
    const tick: RunEvent = { type: 'clock-ticked', at: at('09') };
    const bars = durationBars([requested, launched(1, '01'), failed, launched(2, '06'), tick]);
    expect(bars.map(({ name, from, to, outcome }) => [name, from, to, outcome])).toEqual([
      ['whole phase', at('01'), at('09'), 'running'],
      ['a.teams 1', at('01'), at('05'), 'failed'],
      ['a.teams 2', at('06'), at('09'), 'running'],
    ]);
  });

  it('end a phase with its roll call, as failed where a table was refused and nobody signed', () => {
    const ended: RunEvent = { type: 'job-succeeded', table, attempt: 2, at: at('10') };
    const story = [requested, launched(2, '06'), ended];
    const signed: RunEvent = {
      type: 'override-signed',
      table,
      until: D2,
      by: 'ana',
      reason: 'known',
      at: at('30'),
    };
    const wholeOf = (...more: RunEvent[]) => durationBars([...story, ...more])[0];
    expect(wholeOf(roll('PASS'))).toMatchObject({ to: at('20'), outcome: 'ended' });
    expect(wholeOf(roll('FAIL'))).toMatchObject({ outcome: 'failed' });
    expect(wholeOf(roll('FAIL'), signed)).toMatchObject({ outcome: 'ended' });
  });
});
