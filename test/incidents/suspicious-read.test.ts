import { describe, expect, it } from 'vitest';
import type { LaunchWord } from '../../shared/core/day-history.ts';
import type { Day } from '../../shared/core/days.ts';
import type { RunEvent } from '../../shared/core/run-event.ts';
import { itemName, measure, ROW_COUNT } from '../../shared/core/state-item.ts';
import { vanishedDays } from '../../shared/core/vanished-days.ts';
import { historyOf, running, word } from '../core/checks/launches.ts';
import { given, launch, neverRan, requested } from '../core/run-story.ts';
import { D1, D2, dayWith, facts } from '../core/table-facts.ts';

const reading = (days: number, of: number) =>
  given(requested).when({ ...neverRan, vanished: { days, of } } as RunEvent);

describe('a reading by which most of what jobs filled is empty', () => {
  it.each([
    [5, 6],
    [848, 848],
  ])('is not believed: %i of %i days plan nothing, and a person is told', (days, of) => {
    const step = reading(days, of);
    expect(step.state?.status).toBe('failed');
    expect(step.state?.message).toContain(`${days} of the ${of} table days`);
    step.thenAsks([expect.objectContaining({ kind: 'page-human' }) as never]);
  });

  it.each([
    ['few days', 4, 4],
    ['a part of many', 79, 100],
    ['none at all', 0, 0],
  ])('is a loss like any other where it is %s, and is written again', (_, days, of) => {
    reading(days, of).thenAsks([launch('a.teams')]);
  });
});

it('a person who asks for all days gets them, whatever was read', () => {
  const { request } = requested;
  given({ ...requested, request: { ...request, mode: 'all' } })
    .when({ ...neverRan, vanished: { days: 848, of: 848 } } as RunEvent)
    .thenAsks([launch('a.teams')]);
});

it('only days that a job says it filled can have vanished', () => {
  const told = (...said: readonly (readonly [Day, ...LaunchWord[]])[]) =>
    vanishedDays([facts([], [[D2, dayWith(4)]], { history: historyOf(...said) })]);
  expect(told([D1, word('a.1')], [D2, word('a.1')])).toEqual({ days: 1, of: 2 });
  expect(told([D1, word('a.1', { rows: 0 })])).toEqual({ days: 0, of: 0 });
  expect(told([D1, word('a.1', { status: 'failed', rows: null })])).toEqual({ days: 0, of: 0 });
  expect(told([D1, running('a.1', '2022-01-20T09:59:00.000Z')])).toEqual({ days: 0, of: 0 });
});

it('days whose rows the warehouse would not count have not vanished', () => {
  const history = historyOf([D1, word('a.1')], [D2, word('a.1')]);
  const counted = facts([], [], { history });
  expect(vanishedDays([counted])).toEqual({ days: 2, of: 2 });
  const refused = new Map([[itemName(measure(ROW_COUNT)), 'over the cap']]);
  const uncounted = { ...counted, profile: { ...counted.profile, refused } };
  expect(vanishedDays([uncounted])).toEqual({ days: 0, of: 0 });
});
