import { describe, expect, it } from 'vitest';
import { formatDaySet, parseDaySet } from '../../shared/core/day-set.ts';
import { decide } from '../../shared/core/decide.ts';
import type { Effect, RunState } from '../../shared/core/run.ts';
import type { RunEvent } from '../../shared/core/run-event.ts';
import { day } from './build.ts';
import {
  allDays,
  given,
  judged,
  launch,
  neverRan,
  pipeline,
  players,
  requested,
  rollOf,
  succeeded,
  teams,
} from './run-story.ts';

const causes = (text: string) => ({ 'a.teams': parseDaySet(text) });
const refused: RunEvent[] = [
  requested,
  neverRan,
  succeeded('a.teams'),
  judged('a.teams', 'FAIL', 1, 1, '2022-01-03'),
];
const roll = (fields: object, round = 1) =>
  ({
    ...rollOf('analytics', { 'a.teams': 'FAIL', 'a.players': 'UNKNOWN' }, round),
    ...fields,
  }) as RunEvent;

describe('a phase that a gate refused', () => {
  it('is repaired without a person where the trouble begins in a table: its days first', () => {
    const step = given(...refused).when(roll({ causes: causes('2022-01-03') }));
    step.thenAsks([launch('a.teams', 2, parseDaySet('2022-01-03'), 2)]);
    expect(step.state).toMatchObject({ status: 'live', round: 2, repairs: { inAll: 1 } });
  });

  it('has every day behind the repaired ones written again, and what was never written', () => {
    const { state } = given(...refused).when(roll({ causes: causes('2022-01-03') }));
    const days = (name: string) => {
      const table = state?.tables[name as never];
      return table !== undefined && 'days' in table ? formatDaySet(table.days) : [];
    };
    expect(days('a.players')).toEqual(formatDaySet(allDays));
    expect(days('p.features')).toEqual(formatDaySet(allDays));
  });

  it.each([
    ['the trouble comes from a source', {}],
    ['no day is named', { causes: { 'a.teams': [] } }],
  ])('is left to a person where %s', (_, fields) => {
    const step = given(...refused).when(roll(fields));
    expect(step.state?.status).toBe('blocked');
    step.thenAsks([expect.objectContaining({ kind: 'page-human' }) as unknown as Effect]);
  });

  it('is left to a person when a job failed', () => {
    const failed: RunEvent[] = [
      requested,
      neverRan,
      {
        type: 'job-failed',
        table: 'a.teams' as never,
        attempt: 1,
        failure: 'permanent',
        message: 'no such column',
        at: requested.at,
      },
    ];
    expect(given(...failed).when(roll({ causes: causes('2022-01-03') })).state?.status).toBe(
      'blocked',
    );
  });
});

describe('a phase whose tables cannot have their turn', () => {
  it('is not repaired: what it would write waits for a table that nobody could judge', () => {
    const unknown = [requested, neverRan, succeeded('a.teams'), judged('a.teams', 'UNKNOWN')];
    const step = given(...unknown).when(
      roll({ causes: { [players.name]: parseDaySet('2022-01-01..2022-01-05') } }),
    );
    expect(step.state?.status).toBe('blocked');
    expect(step.state?.message).not.toContain('repair');
  });
});

describe('a phase after another one that was repaired', () => {
  const second = rollOf('precompute', { 'p.features': 'FAIL' }, 2);
  const story: RunEvent[] = [
    ...refused,
    roll({ causes: causes('2022-01-03') }),
    succeeded('a.teams', 2),
    judged('a.teams', 'PASS', 2, 2),
    succeeded('a.players', 1),
    judged('a.players', 'PASS', 1, 2),
    rollOf('analytics', { 'a.teams': 'PASS', 'a.players': 'PASS' }, 2),
    succeeded('p.features'),
    judged('p.features', 'FAIL', 1, 2, '2022-01-03..2022-01-05'),
  ];
  const mend = { causes: { 'p.features': parseDaySet('2022-01-03') } };
  const patient = { ...pipeline, repair: { attempts: 5 } };
  const told = (events: readonly RunEvent[]) =>
    events.reduce<RunState | null>((now, event) => decide(patient, now, event)?.state ?? now, null);

  it('has its own bad days to shrink, however many they are', () => {
    const state = told([...story, { ...second, ...mend } as RunEvent]);
    expect(state).toMatchObject({ status: 'live', round: 3, repairs: { inAll: 2 } });
  });

  it('is not repaired again when its own repair, which runs the first phase anew, did not help', () => {
    const again: RunEvent[] = [
      { ...second, ...mend } as RunEvent,
      rollOf('analytics', { 'a.teams': 'PASS', 'a.players': 'PASS' }, 3),
      succeeded('p.features', 2),
      judged('p.features', 'FAIL', 2, 3, '2022-01-03..2022-01-05'),
    ];
    const verified = told([...story, again[0]!]);
    expect(verified?.tables).toMatchObject({ 'a.teams': { tag: 'verifying' } });
    const judgedAnew = (['a.teams', 'a.players'] as const).map((name) =>
      judged(name, 'PASS', name === 'a.teams' ? 2 : 1, 3),
    );
    const end = { ...rollOf('precompute', { 'p.features': 'FAIL' }, 3), ...mend } as RunEvent;
    const state = told([...story, again[0]!, ...judgedAnew, ...again.slice(1), end]);
    expect(state).toMatchObject({ status: 'blocked', repairs: { inAll: 2 } });
    expect(state?.message).toContain('did not shrink the bad days');
  });

  it('is not told that a repair did not help which it never had', () => {
    expect(told([...story, second])?.message).toMatch(/^phase precompute is blocked\n/);
  });
});

it('a repair takes back what the run says it published', () => {
  const published = { [players.name]: allDays };
  const before = given(...refused).state;
  const step = decide(
    pipeline,
    before && { ...before, published },
    roll({ causes: causes('2022-01-03') }),
  );
  expect(step?.state.published).toEqual({});
});

describe('a repair that changed nothing', () => {
  const again = [
    ...refused,
    roll({ causes: causes('2022-01-03') }),
    succeeded('a.teams', 2),
    judged('a.teams', 'FAIL', 2, 2, '2022-01-03'),
  ];

  it('is not tried again, and the page says so', () => {
    const step = given(...again).when(roll({ causes: causes('2022-01-03') }, 2));
    expect(step.state?.status).toBe('blocked');
    expect(step.state?.message).toContain('did not shrink the bad days');
  });

  it('stops there however many repairs the pipeline allows', () => {
    const patient = { ...pipeline, repair: { attempts: 5 } };
    const state = again.reduce<RunState | null>(
      (now, event) => decide(patient, now, event)?.state ?? now,
      null,
    );
    const step = decide(patient, state, roll({ causes: causes('2022-01-03') }, 2));
    expect(step?.state.status).toBe('blocked');
  });

  it('counts no more once a person has signed for the table: the rest may be repaired', () => {
    const blocked = given(...again, roll({ causes: causes('2022-01-03') }, 2));
    expect(blocked.state?.repairs).toEqual({ inAll: 1, unasked: 1 });
    const signed = {
      type: 'override-signed',
      table: teams.name,
      until: day('2027-01-01'),
      by: 'ana',
      reason: 'the league says so',
      at: requested.at,
    } as const;
    const { state } = blocked.when(signed);
    expect(state).toMatchObject({ status: 'live', repairs: { inAll: 1, unasked: 0 } });
  });
});
