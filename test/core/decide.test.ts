import { describe, expect, it } from 'vitest';
import { parseDaySet } from '../../shared/core/day-set.ts';
import { decide } from '../../shared/core/decide.ts';
import { launchId, parsePhaseName, parseTableName } from '../../shared/core/ids.ts';
import type { Effect, RunEvent, RunState } from '../../shared/core/run.ts';
import type { Verdict } from '../../shared/core/verdict.ts';
import { calendarOf, day, games, pipelineOf, RUN, requestOf, sameDay, table } from './build.ts';

const AT = '2026-01-03T04:00:00.000Z';
const teams = table('a.teams', [sameDay('raw.schedule')]);
const players = table('a.players', [sameDay('a.teams')]);
const features = table('p.features', [games('a.players', 10)], {
  phase: parsePhaseName('precompute'),
});
const pipeline = pipelineOf(teams, players, features);
const calendar = calendarOf('2022-01-01..2022-01-05');
const allDays = parseDaySet('2022-01-01..2022-01-05');

const requested: RunEvent = {
  type: 'run-requested',
  run: RUN,
  request: requestOf(pipeline),
  definition: 'd1',
  by: 'ana',
  reason: '',
  at: AT,
};
const neverRan: RunEvent = {
  type: 'outcomes-read',
  round: 1,
  calendar,
  outcomes: Object.fromEntries(
    [teams, players, features].map(({ name }) => [name, { NEVER_RAN: allDays }]),
  ),
  at: AT,
};
const succeeded = (name: string, attempt = 1): RunEvent => ({
  type: 'job-succeeded',
  table: parseTableName(name),
  attempt,
  at: AT,
});
const judged = (name: string, verdict: Verdict, attempt = 1, round = 1, bad = ''): RunEvent => ({
  type: 'gate-judged',
  table: parseTableName(name),
  round,
  attempt,
  at: AT,
  verdict,
  badDays: bad === '' ? [] : parseDaySet(bad),
  message: verdict === 'PASS' ? '' : 'usage_rate: 0/10',
  evidence: `${name}/${attempt}`,
});
const launch = (name: string, attempt = 1, days = allDays, firstAttempt = 1): Effect => ({
  kind: 'launch-table',
  table: parseTableName(name),
  attempt,
  firstAttempt,
  launch: launchId(RUN, parseTableName(name), attempt),
  days,
});
const runGate = (name: string, attempt = 1, round = 1): Effect => ({
  kind: 'run-gate',
  table: parseTableName(name),
  round,
  attempt,
});
const callRoll = (phase: string, round = 1): Effect => ({
  kind: 'call-roll',
  phase: parsePhaseName(phase),
  round,
});
const rollOf = (phase: string, verdicts: Record<string, Verdict>, round = 1): RunEvent => ({
  type: 'roll-called',
  phase: parsePhaseName(phase),
  round,
  at: AT,
  tables: Object.fromEntries(
    Object.entries(verdicts).map(([name, verdict]) => [
      name,
      { verdict, badDays: [], message: 'again', evidence: 'roll' },
    ]),
  ),
});

function given(...past: RunEvent[]) {
  const state = past.reduce<RunState | null>(
    (now, event) => decide(pipeline, now, event)?.state ?? now,
    null,
  );
  return {
    state,
    when: (event: RunEvent) => {
      const step = decide(pipeline, state, event);
      return {
        state: step?.state,
        thenAsks: (effects: Effect[]) => expect(step?.effects).toEqual(effects),
      };
    },
  };
}

describe('at the start', () => {
  it('asks what there is to do before it launches anything', () => {
    given()
      .when(requested)
      .thenAsks([{ kind: 'read-outcomes', round: 1 }]);
  });

  it('launches only what needs nothing of this run', () => {
    given(requested)
      .when(neverRan)
      .thenAsks([launch('a.teams')]);
  });

  it('joins a second request without asking for anything', () => {
    given(requested, neverRan).when(requested).thenAsks([]);
  });

  it('has a table without work judged and launches nothing for it', () => {
    const verified: RunEvent = {
      ...neverRan,
      outcomes: { [teams.name]: { VERIFIED: allDays }, [players.name]: { VERIFIED: allDays } },
    };
    given(requested)
      .when(verified)
      .thenAsks([runGate('a.teams', 0)]);
  });

  it('plans nothing from a read that failed, and pages', () => {
    const failed = given(requested).when({
      type: 'outcomes-unreadable',
      round: 1,
      message: 'quota',
      at: AT,
    });
    expect(failed.state?.status).toBe('failed');
    failed.thenAsks([expect.objectContaining({ kind: 'page-human' })]);
  });

  it('fails when the schedule expects nothing', () => {
    const step = given(requested).when({ ...neverRan, calendar: { seasons: [] } });
    expect(step.state?.status).toBe('failed');
  });
});

describe('when a job ends', () => {
  it('asks for the gate and launches nothing that needs the table', () => {
    given(requested, neverRan)
      .when(succeeded('a.teams'))
      .thenAsks([runGate('a.teams')]);
  });

  it('hears the same message twice as once', () => {
    given(requested, neverRan, succeeded('a.teams')).when(succeeded('a.teams')).thenAsks([]);
  });

  it('ignores an attempt that is over', () => {
    given(requested, neverRan).when(succeeded('a.teams', 7)).thenAsks([]);
  });

  const failed = (failure: 'transient' | 'permanent' | 'interrupted', attempt = 1): RunEvent => ({
    type: 'job-failed',
    table: teams.name,
    attempt,
    failure,
    message: 'exit 3',
    at: AT,
  });

  it('waits before it tries a transient failure again', () => {
    given(requested, neverRan).when(failed('transient')).thenAsks([]);
    const later = { type: 'clock-ticked', at: '2026-01-03T04:00:10.000Z' } as const;
    given(requested, neverRan, failed('transient'))
      .when(later)
      .thenAsks([launch('a.teams', 2)]);
  });

  it('gives up after the attempts of the pipeline and calls the roll', () => {
    const past: RunEvent[] = [requested, neverRan];
    for (let attempt = 1; attempt <= 2; attempt++) {
      past.push(failed('transient', attempt), {
        type: 'clock-ticked',
        at: '2026-01-04T00:00:00.000Z',
      });
    }
    const last = given(...past).when(failed('transient', 3));
    expect(last.state?.tables[teams.name]?.tag).toBe('failed');
    last.thenAsks([callRoll('analytics')]);
  });

  it('starts an interrupted job again at once, however often', () => {
    const past = [
      requested,
      neverRan,
      failed('interrupted', 1),
      failed('interrupted', 2),
      failed('interrupted', 3),
    ];
    given(...past)
      .when(failed('interrupted', 4))
      .thenAsks([launch('a.teams', 5)]);
  });

  it('never tries a permanent failure again', () => {
    given(requested, neverRan)
      .when(failed('permanent'))
      .thenAsks([callRoll('analytics')]);
  });
});

describe('when a gate has judged', () => {
  it('launches what was waiting for the table', () => {
    given(requested, neverRan, succeeded('a.teams'))
      .when(judged('a.teams', 'WARN'))
      .thenAsks([launch('a.players')]);
  });

  it.each(['FAIL', 'UNKNOWN'] as const)('launches nothing after %s', (verdict) => {
    given(requested, neverRan, succeeded('a.teams'))
      .when(judged('a.teams', verdict))
      .thenAsks([callRoll('analytics')]);
  });

  it('ignores a judgement of an earlier round', () => {
    given(requested, neverRan, succeeded('a.teams'))
      .when(judged('a.teams', 'PASS', 1, 0))
      .thenAsks([]);
  });
});

const analyticsDone = [
  requested,
  neverRan,
  succeeded('a.teams'),
  judged('a.teams', 'PASS'),
  succeeded('a.players'),
  judged('a.players', 'PASS'),
];

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
