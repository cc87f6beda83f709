import { describe, expect, it } from 'vitest';
import type { Check } from '../../../shared/core/check.ts';
import { daySetOf, eachDay, parseDaySet } from '../../../shared/core/day-set.ts';
import type { Day } from '../../../shared/core/days.ts';
import { parsePercent } from '../../../shared/core/percent.ts';
import type { DayProfile } from '../../../shared/core/profile.ts';
import { scheduleOf } from '../../../shared/core/schedule.ts';
import {
  base,
  checkOf,
  D1,
  D2,
  dayWith,
  facts,
  game,
  gamesThere,
  itemsOf,
  spec,
} from '../table-facts.ts';

describe('day-coverage', () => {
  it('counts the days of the schedule, not those that have rows: 805 of 848 are not 95 percent', () => {
    const expected = parseDaySet('2020-01-01..2022-04-27');
    const all = [...eachDay(expected)];
    const with95: Check = {
      ...base,
      id: 'days',
      kind: 'day-coverage',
      atLeast: parsePercent(95),
    };
    const covering = (count: number) => {
      const days = all.slice(0, count).map((on): [Day, DayProfile] => [on, dayWith(1)]);
      return checkOf('days', facts([with95], days, { expected }));
    };
    expect(all.length).toBe(848);
    expect(covering(806)?.verdict).toBe('PASS');
    expect(covering(805)).toMatchObject({
      verdict: 'FAIL',
      observed: '805/848 (94.9%) days',
      days: daySetOf(all.slice(805)),
    });
  });
});

describe('grain-coverage', () => {
  const sides: Check = { ...gamesThere, grain: 'team-games', team: 'team' };
  const teams: Check = { ...gamesThere, grain: 'teams', game: null, team: 'team' };
  const there = (check: Check, ids: string): DayProfile =>
    dayWith(9, { [itemsOf(check)[0] ?? '']: ids });

  it('misses the other side of a game, though the day has rows and the game is there', () => {
    const found = checkOf(
      'games',
      facts(
        [sides],
        [
          [D1, there(sides, 'g1/LAL\ng1/BOS')],
          [D2, there(sides, 'g2/LAL\ng2/x')],
        ],
      ),
    );
    expect(found).toMatchObject({ verdict: 'FAIL', days: [{ from: D2, to: D2 }] });
    expect(found).toMatchObject({ observed: '3/4 (75.0%) team-games', samples: ['g2/BOS'] });
  });

  it('asks for every team of the season on each day where the grain is teams', () => {
    const on = (second: string) =>
      checkOf(
        'games',
        facts(
          [teams],
          [
            [D1, there(teams, 'BOS\nLAL')],
            [D2, there(teams, second)],
          ],
        ),
      );
    expect(on('BOS\nLAL')?.verdict).toBe('PASS');
    expect(on('BOS')).toMatchObject({ verdict: 'FAIL', observed: '3/4 (75.0%) teams' });
  });

  it('fails for a day below its own threshold in a range that reaches its own', () => {
    const names = Array.from({ length: 19 }, (_, n) => `a${n}`);
    const schedule = scheduleOf(spec, [...names.map((id) => game(id, D1)), game('b', D2)]);
    const with95 = (perDay: number): Check => ({
      ...gamesThere,
      atLeast: parsePercent(95),
      perDay: parsePercent(perDay),
    });
    const judged = (check: Check) =>
      checkOf(
        'games',
        facts(
          [check],
          [
            [D1, there(check, names.join('\n'))],
            [D2, there(check, 'c')],
          ],
          { schedule },
        ),
      );
    expect(judged(with95(0))?.verdict).toBe('PASS');
    expect(judged(with95(95))).toMatchObject({
      verdict: 'FAIL',
      observed: '19/20 (95.0%) games',
      days: [{ from: D2, to: D2 }],
    });
  });

  it('is never asked of a schedule that has a game twice: every game counts once', () => {
    expect(() => scheduleOf(spec, [game('g1', D1), game('g1', D1)])).toThrow(/g1 twice/);
  });
});
