import { describe, expect, it } from 'vitest';
import { parseDaySet } from '../../shared/core/day-set.ts';
import type { RunEvent } from '../../shared/core/run-event.ts';
import { day, requestOf } from './build.ts';
import {
  AT,
  allDays,
  analyticsDone,
  calendar,
  features,
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

describe('at the roll call', () => {
  it('opens the next phase only when every table still passes', () => {
    given(...analyticsDone)
      .when(rollOf('analytics', { 'a.teams': 'PASS', 'a.players': 'WARN' }))
      .thenAsks([launch('p.features')]);
  });

  it('blocks the phase for a table that changed since its gate', () => {
    const step = given(...analyticsDone).when(
      rollOf('analytics', { 'a.teams': 'PASS', 'a.players': 'FAIL' }),
    );
    expect(step.state?.status).toBe('blocked');
    step.thenAsks([expect.objectContaining({ kind: 'page-human' })]);
  });

  it('blocks the phase for a table that does not answer', () => {
    const step = given(...analyticsDone).when(rollOf('analytics', { 'a.teams': 'PASS' }));
    expect(step.state?.status).toBe('blocked');
    expect(step.state?.tables[players.name]).toMatchObject({ tag: 'blocked', verdict: 'UNKNOWN' });
  });

  it('leaves no table of a blocked run waiting', () => {
    const { state } = given(
      requested,
      neverRan,
      succeeded('a.teams'),
      judged('a.teams', 'FAIL', 1, 1, '2022-01-03'),
    ).when(rollOf('analytics', { 'a.teams': 'FAIL', 'a.players': 'UNKNOWN' }));
    expect(state?.tables[players.name]?.tag).toBe('skipped');
    expect(state?.tables[features.name]?.tag).toBe('skipped');
  });

  it('ends the run after the last phase', () => {
    const { state } = given(
      ...analyticsDone,
      rollOf('analytics', { 'a.teams': 'PASS', 'a.players': 'PASS' }),
      succeeded('p.features'),
      judged('p.features', 'PASS'),
    ).when(rollOf('precompute', { 'p.features': 'PASS' }));
    expect(state?.status).toBe('passed');
  });
});

describe('when somebody asks for a repair', () => {
  const blocked = [
    requested,
    neverRan,
    succeeded('a.teams'),
    judged('a.teams', 'FAIL', 1, 1, '2022-01-03'),
    rollOf('analytics', { 'a.teams': 'FAIL', 'a.players': 'UNKNOWN' }),
  ];
  const wanted: RunEvent = { type: 'repair-requested', by: 'ana', reason: 'arrived', at: AT };

  it('reads the data again before it writes anything', () => {
    given(...blocked)
      .when(wanted)
      .thenAsks([{ kind: 'read-outcomes', round: 2 }]);
  });

  it('does nothing to a run that is live', () => {
    given(requested, neverRan).when(wanted).thenAsks([]);
  });

  it('writes the bad days first, then every later day whose window reads them', () => {
    const afterwards: RunEvent = {
      type: 'outcomes-read',
      round: 2,
      calendar,
      at: AT,
      outcomes: {
        [teams.name]: {
          PARTIAL: parseDaySet('2022-01-03'),
          VERIFIED: parseDaySet('2022-01-01..2022-01-02,2022-01-04..2022-01-05'),
        },
        [players.name]: { VERIFIED: allDays },
        [features.name]: { VERIFIED: allDays },
      },
    };
    const step = given(...blocked, wanted).when(afterwards);
    step.thenAsks([launch('a.teams', 2, parseDaySet('2022-01-03'), 2)]);
    expect(step.state?.tables[players.name]).toMatchObject({ days: parseDaySet('2022-01-03') });
    expect(step.state?.tables[features.name]).toMatchObject({
      days: parseDaySet('2022-01-04..2022-01-05'),
    });
  });

  it('still owes what mode all has not written, however good the data looks', () => {
    const all: RunEvent = { ...requested, request: requestOf(pipeline, { mode: 'all' }) };
    const verified = Object.fromEntries(
      [teams, players, features].map(({ name }) => [name, { VERIFIED: allDays }]),
    );
    const past = [
      all,
      { ...neverRan, outcomes: verified },
      {
        type: 'job-failed',
        table: teams.name,
        attempt: 1,
        failure: 'permanent',
        message: 'x',
        at: AT,
      },
      rollOf('analytics', { 'a.teams': 'PASS', 'a.players': 'PASS' }),
      wanted,
    ] as RunEvent[];
    const { state } = given(...past).when({
      ...neverRan,
      round: 2,
      outcomes: verified,
    } as RunEvent);
    expect(state?.tables[teams.name]).toMatchObject({ tag: 'launching', days: allDays });
    expect(state?.tables[players.name]).toMatchObject({ tag: 'waiting', days: allDays });
  });

  it('builds nothing on unverified days before its range', () => {
    const late: RunEvent = {
      ...requested,
      request: requestOf(pipeline, { from: day('2022-01-04') }),
    };
    const outcomes = {
      [teams.name]: { VERIFIED: allDays },
      [players.name]: {
        NEVER_RAN: parseDaySet('2022-01-02'),
        VERIFIED: parseDaySet('2022-01-01,2022-01-03..2022-01-05'),
      },
      [features.name]: { NEVER_RAN: allDays },
    };
    const { state } = given(late).when({ ...neverRan, outcomes } as RunEvent);
    expect(state?.status).toBe('failed');
    expect(state?.message).toMatch(/p\.features would read a\.players on 2022-01-02\.\.2022-01-02/);
  });

  it('says so when a repair shrank nothing', () => {
    const { state } = given(
      ...blocked,
      wanted,
      {
        ...neverRan,
        round: 2,
        outcomes: {
          [teams.name]: { PARTIAL: parseDaySet('2022-01-03') },
          [players.name]: { NEVER_RAN: allDays },
          [features.name]: { NEVER_RAN: allDays },
        },
      } as RunEvent,
      succeeded('a.teams', 2),
      judged('a.teams', 'FAIL', 2, 2, '2022-01-03'),
    ).when(rollOf('analytics', { 'a.teams': 'FAIL', 'a.players': 'UNKNOWN' }, 2));
    expect(state?.message).toContain('did not shrink');
  });
});
