import { describe, expect, it } from 'vitest';
import { daySetOf } from '../../../shared/core/day-set.ts';
import type { TableFacts } from '../../../shared/core/judge/facts.ts';
import { scheduleOf } from '../../../shared/core/schedule.ts';
import { day, dayCoverage } from '../build.ts';
import { checkOf, D1, D2, dayWith, facts, game, schedule, spec } from '../table-facts.ts';

const placed = (more: Partial<TableFacts>) =>
  checkOf(
    'placed',
    facts(
      [dayCoverage],
      [
        [D1, dayWith(2)],
        [D2, dayWith(2)],
      ],
      more,
    ),
  );

describe('placed', () => {
  it('says how far the schedule reaches when the range goes past its end, and passes', () => {
    const found = placed({ to: day('2022-01-20') });
    expect(found?.verdict).toBe('PASS');
    expect(found?.message).toContain('the schedule reaches 2022-01-03, nothing was expected after');
  });

  it('says nothing of a schedule that reaches the end of the range, games that do not count among it', () => {
    expect(schedule.reaches).toBe('2022-01-03');
    expect(placed({ to: day('2022-01-03') })?.message).toBe('every row is on a day with a game');
  });

  it('warns when a declared season begins in the range and the schedule has no game of it', () => {
    const next = { season: 2022, start: day('2022-10-18') };
    const two = { ...spec, seasonStarts: [...spec.seasonStarts, next] };
    const short = scheduleOf(two, [game('g1', D1), game('g2', D2)]);
    const found = placed({ to: day('2022-12-31'), schedule: short });
    expect(found?.verdict).toBe('WARN');
    expect(found?.message).toContain('season 2022 starts on 2022-10-18');
    expect(placed({ to: day('2022-10-17'), schedule: short })?.verdict).toBe('PASS');
    const whole = scheduleOf(two, [
      game('g1', D1),
      { ...game('g3', day('2022-10-18')), season: 2022 },
    ]);
    expect(placed({ to: day('2022-12-31'), schedule: whole })?.verdict).toBe('PASS');
  });

  it('says that nothing was expected of a schedule without a game', () => {
    const found = placed({ schedule: scheduleOf(spec, []), expected: [] });
    expect(found?.message).toContain('the schedule reaches no day');
  });

  it('fails for rows without a day and for rows on days without a game, whatever else holds', () => {
    const stray = placed({ unexpected: daySetOf([day('2022-01-09')]) });
    expect(stray).toMatchObject({ verdict: 'FAIL', days: daySetOf([day('2022-01-09')]) });
    const all = facts([dayCoverage], [[D1, dayWith(2)]]);
    const undated = { ...all, profile: { ...all.profile, rowsWithoutDay: 3 } };
    expect(checkOf('placed', undated)).toMatchObject({ verdict: 'FAIL', days: [] });
    expect(checkOf('placed', undated)?.observed).toContain('3 rows without a day');
  });
});
