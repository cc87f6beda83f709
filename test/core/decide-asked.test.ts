import { describe, expect, it } from 'vitest';
import { launchId, parseTableName } from '../../shared/core/ids.ts';
import type { Effect } from '../../shared/core/run.ts';
import type { Asking, RunEvent } from '../../shared/core/run-event.ts';
import { day, RUN } from './build.ts';
import {
  AT,
  allDays,
  analyticsDone,
  callRoll,
  given,
  judged,
  launch,
  neverRan,
  players,
  requested,
  rollOf,
  runGate,
  succeeded,
  teams,
} from './run-story.ts';

const LATER = '2026-01-03T04:30:00.000Z';
type Simple = Exclude<Asking['type'], 'override-signed' | 'signed-off'>;
const asks = (type: Simple): RunEvent => ({ type, by: 'ana', reason: 'late feed', at: AT });
const override = (table: string, until = '2027-01-01'): RunEvent => ({
  type: 'override-signed',
  table: parseTableName(table),
  until: day(until),
  by: 'ana',
  reason: 'the league says so',
  at: AT,
});
const ended = (table: string, failure: 'permanent' | 'cancelled', attempt = 1): RunEvent => ({
  type: 'job-failed',
  table: parseTableName(table),
  attempt,
  failure,
  message: failure,
  at: AT,
});
const cancelOf = (table: string, attempt = 1): Effect => ({
  kind: 'cancel-launch',
  table: parseTableName(table),
  attempt,
  launch: launchId(RUN, parseTableName(table), attempt),
});
const blockedAtTeams: RunEvent[] = [
  requested,
  neverRan,
  succeeded('a.teams'),
  judged('a.teams', 'FAIL', 1, 1, '2022-01-03'),
  rollOf('analytics', { 'a.teams': 'FAIL', 'a.players': 'UNKNOWN' }),
];

describe('a pause', () => {
  it('launches nothing until it is resumed, and lets what runs be judged', () => {
    const paused = given(requested, neverRan, asks('pause-requested'));
    paused.when(succeeded('a.teams')).thenAsks([runGate('a.teams')]);
    const judgedThen = given(
      requested,
      neverRan,
      asks('pause-requested'),
      succeeded('a.teams'),
    ).when(judged('a.teams', 'PASS'));
    judgedThen.thenAsks([]);
    expect(judgedThen.state?.phases).toMatchObject({ analytics: 'open' });
    given(
      requested,
      neverRan,
      asks('pause-requested'),
      succeeded('a.teams'),
      judged('a.teams', 'PASS'),
    )
      .when(asks('resume-requested'))
      .thenAsks([launch('a.players')]);
  });
});

describe('a cancelled run', () => {
  it('asks its executions to stop, and is at rest only when the last of them is over', () => {
    const cancelled = given(requested, neverRan).when(asks('cancel-requested'));
    cancelled.thenAsks([cancelOf('a.teams')]);
    expect(cancelled.state).toMatchObject({ status: 'cancelling' });
    const over = given(requested, neverRan, asks('cancel-requested')).when(
      ended('a.teams', 'cancelled'),
    );
    over.thenAsks([]);
    expect(over.state).toMatchObject({
      status: 'cancelled',
      message: 'cancelled by ana: late feed',
      tables: { 'a.teams': { tag: 'skipped', days: allDays }, 'a.players': { tag: 'skipped' } },
    });
  });

  it('does not take the work of a job that ended after it was asked to stop', () => {
    const { state } = given(requested, neverRan, asks('cancel-requested')).when(
      succeeded('a.teams'),
    );
    expect(state).toMatchObject({ status: 'cancelled', tables: { 'a.teams': { tag: 'skipped' } } });
  });

  it('notes when it came to rest, whatever is said to it afterwards, and is paused no more', () => {
    const past = [requested, neverRan, asks('pause-requested'), asks('cancel-requested')];
    expect(given(...past).state).toMatchObject({ endedAt: null, paused: { by: 'ana' } });
    const over = { ...ended('a.teams', 'cancelled'), at: LATER } as RunEvent;
    const rested = given(...past, over);
    expect(rested.state).toMatchObject({ status: 'cancelled', endedAt: LATER, paused: null });
    expect(rested.when(asks('pause-requested')).state).toBe(rested.state);
  });

  it('does not wait for a statement that was asked for before', () => {
    const waiting = { type: 'gate-waiting', round: 1, job: 'j', at: AT } as const;
    const past = [requested, neverRan, asks('cancel-requested'), waiting];
    expect(given(...past, ended('a.teams', 'cancelled')).state?.waitingFor).toBeNull();
  });

  it('is not woken by a repair or a retry', () => {
    const past = [requested, neverRan, asks('cancel-requested'), ended('a.teams', 'cancelled')];
    given(...past)
      .when(asks('repair-requested'))
      .thenAsks([]);
    given(...past)
      .when(asks('retry-requested'))
      .thenAsks([]);
  });
});

it('a run that goes on has not ended, and ends anew', () => {
  const rested = given(...blockedAtTeams);
  expect(rested.state?.endedAt).toBe(AT);
  expect(rested.when({ ...asks('repair-requested'), at: LATER } as RunEvent).state).toMatchObject({
    status: 'reading',
    endedAt: null,
  });
});

describe('a retry', () => {
  it('runs the table whose job failed again, and then what waited for it', () => {
    const failed = [
      requested,
      neverRan,
      ended('a.teams', 'permanent'),
      rollOf('analytics', { 'a.teams': 'UNKNOWN', 'a.players': 'UNKNOWN' }),
    ];
    given(...failed)
      .when(asks('retry-requested'))
      .thenAsks([launch('a.teams', 2, allDays, 2)]);
  });

  it('does not run again what a gate refused', () => {
    given(...blockedAtTeams)
      .when(asks('retry-requested'))
      .thenAsks([]);
  });
});

describe('an override', () => {
  it('lets the run go on from the table that was refused', () => {
    const step = given(...blockedAtTeams).when(override('a.teams'));
    step.thenAsks([launch('a.players')]);
    expect(step.state?.tables[teams.name]).toMatchObject({ tag: 'overridden', by: 'ana' });
    expect(step.state?.overrides).toMatchObject([
      { table: 'a.teams', reason: 'the league says so', refused: 'usage_rate: 0/10' },
    ]);
  });

  it('still holds at the roll call, and not after its last day', () => {
    const signed = given(
      ...blockedAtTeams,
      override('a.teams', '2026-01-02'),
      succeeded('a.players'),
      judged('a.players', 'PASS', 1, 2),
    );
    const roll = rollOf('analytics', { 'a.teams': 'FAIL', 'a.players': 'PASS' }, 2);
    expect(signed.when(roll).state?.phases).toMatchObject({ analytics: 'passed' });
    const nextDay = { ...roll, at: '2026-01-03T12:00:00.000Z' } as RunEvent;
    expect(signed.when(nextDay).state).toMatchObject({
      status: 'blocked',
      tables: { 'a.teams': { tag: 'blocked', verdict: 'FAIL' } },
    });
  });

  it('that is over on the day on which it is signed changes nothing', () => {
    const blocked = given(...blockedAtTeams);
    const step = blocked.when(override('a.teams', '2026-01-01'));
    step.thenAsks([]);
    expect(step.state).toBe(blocked.state);
  });

  it('of one table does not let another pass', () => {
    const both = [
      ...analyticsDone,
      rollOf('analytics', { 'a.teams': 'FAIL', 'a.players': 'FAIL' }),
    ];
    const step = given(...both).when(override('a.players'));
    step.thenAsks([]);
    expect(step.state).toMatchObject({
      status: 'blocked',
      tables: { 'a.teams': { tag: 'blocked' }, 'a.players': { tag: 'overridden' } },
    });
  });

  it('of a table that never had its turn changes nothing', () => {
    const { state } = given(...blockedAtTeams);
    expect(given(...blockedAtTeams).when(override('a.players')).state).toEqual(state);
  });
});

describe('a sign-off', () => {
  const signed: RunEvent = {
    type: 'signed-off',
    by: 'ana',
    reason: '',
    evidence: { e1: 'a'.repeat(64) },
    at: AT,
  };

  it('of a run that has not passed changes nothing', () => {
    expect(given(...blockedAtTeams).when(signed).state?.signOffs).toEqual([]);
  });

  it('of a passed run is kept with it', () => {
    const passed = [
      ...analyticsDone,
      rollOf('analytics', { 'a.teams': 'PASS', 'a.players': 'PASS' }),
      succeeded('p.features'),
      judged('p.features', 'PASS'),
      rollOf('precompute', { 'p.features': 'PASS' }),
    ];
    const { state } = given(...passed).when(signed);
    expect(state?.status).toBe('passed');
    expect(state?.signOffs).toMatchObject([{ by: 'ana', evidence: { e1: 'a'.repeat(64) } }]);
  });
});

describe('a table that changed after its gate', () => {
  const changed: RunEvent = {
    type: 'upstream-changed',
    table: players.name,
    attempt: 1,
    upstream: teams.name,
    at: AT,
  };
  const past = [requested, neverRan, succeeded('a.teams'), judged('a.teams', 'PASS')];
  const again = { ...judged('a.teams', 'PASS'), look: 1 } as RunEvent;

  it('is judged again before what reads it is launched', () => {
    given(...past)
      .when(changed)
      .thenAsks([runGate('a.teams', 1, 1, 1)]);
    given(...past, changed)
      .when(again)
      .thenAsks([launch('a.players', 2, allDays, 2)]);
  });

  it('is not judged once more when it was judged since it was seen to have changed', () => {
    const onOld = { ...changed, token: 'old' } as RunEvent;
    const tokens = (token: string) => ({ ...judged('a.teams', 'PASS'), token }) as RunEvent;
    const since = (token: string) =>
      given(requested, neverRan, succeeded('a.teams'), tokens(token));
    since('old')
      .when(onOld)
      .thenAsks([runGate('a.teams', 1, 1, 1)]);
    const step = since('new').when(onOld);
    step.thenAsks([launch('a.players', 2, allDays, 2)]);
    expect(step.state?.tables[teams.name]?.tag).toBe('passed');
  });

  it('does not pass by an answer to the question before', () => {
    const step = given(...past, changed).when(judged('a.teams', 'PASS'));
    step.thenAsks([]);
    expect(step.state?.tables[teams.name]?.tag).toBe('verifying');
  });

  it('in a phase that had passed has its roll called again', () => {
    const featuresChanged = {
      ...changed,
      table: parseTableName('p.features'),
      upstream: players.name,
    } as RunEvent;
    const later = [
      ...analyticsDone,
      rollOf('analytics', { 'a.teams': 'PASS', 'a.players': 'PASS' }),
      featuresChanged,
    ];
    given(...later)
      .when({ ...judged('a.players', 'PASS'), look: 1 } as RunEvent)
      .thenAsks([callRoll('analytics', 1, 1)]);
  });
});
