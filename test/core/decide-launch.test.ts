import { describe, expect, it } from 'vitest';
import type { RunEvent } from '../../shared/core/run-event.ts';
import {
  AT,
  allDays,
  callRoll,
  given,
  judged,
  launch,
  neverRan,
  players,
  requested,
  runGate,
  succeeded,
  teams,
} from './run-story.ts';

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

  it('ignores what an earlier attempt says while a later one is at work', () => {
    const past = [requested, neverRan, failed('interrupted', 1)];
    given(...past)
      .when(succeeded('a.teams', 1))
      .thenAsks([]);
    given(...past)
      .when(failed('permanent', 1))
      .thenAsks([]);
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
        at: '2026-01-03T05:00:00.000Z',
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
