import { describe, expect, it } from 'vitest';
import { parseDaySet } from '../../shared/core/day-set.ts';
import { decide } from '../../shared/core/decide.ts';
import type { Effect, RunState } from '../../shared/core/run.ts';
import type { RunEvent } from '../../shared/core/run-event.ts';
import {
  AT,
  allDays,
  given,
  judged,
  launch,
  neverRan,
  pipeline,
  players,
  requested,
  rollOf,
  runGate,
  succeeded,
  teams,
} from '../core/run-story.ts';

/** A round in which the gate of the first table refuses these days, whose trouble begins in it. */
const refusedRound = (round: number, days: string): RunEvent[] => [
  succeeded('a.teams', round),
  judged('a.teams', 'FAIL', round, round, days),
  Object.assign(rollOf('analytics', { 'a.teams': 'FAIL', 'a.players': 'UNKNOWN' }, round), {
    causes: { 'a.teams': parseDaySet(days) },
  }),
];
/** Each repair mends one day, and leaves others. */
const shrinking = [
  ...refusedRound(1, '2022-01-01..2022-01-04'),
  ...refusedRound(2, '2022-01-02..2022-01-04'),
  ...refusedRound(3, '2022-01-03..2022-01-04'),
  ...refusedRound(4, '2022-01-04'),
];

function play(attempts: number, events: readonly RunEvent[]) {
  const effects: Effect[] = [];
  let state: RunState | null = null;
  for (const event of events) {
    const step = decide({ ...pipeline, repair: { attempts } }, state, event);
    state = step?.state ?? state;
    effects.push(...(step?.effects ?? []));
  }
  return { state, effects };
}

describe('repairs that help a little each time', () => {
  it.each([0, 1, 2])('end after the %i that the pipeline allows, with one page', (attempts) => {
    const { state, effects } = play(attempts, [requested, neverRan, ...shrinking]);
    expect(state).toMatchObject({ status: 'blocked', round: attempts + 1 });
    expect(effects.filter(({ kind }) => kind === 'launch-table')).toHaveLength(attempts + 1);
    expect(effects.filter(({ kind }) => kind === 'page-human')).toHaveLength(1);
  });
});

describe('a table that failed as often as it may', () => {
  const failing = [1, 2, 3].flatMap((attempt): RunEvent[] => [
    {
      ...{ type: 'job-failed', table: teams.name, attempt, failure: 'transient' },
      ...{ message: 'no data yet', at: AT },
    },
    { type: 'clock-ticked', at: '2026-01-03T05:00:00.000Z' },
  ]);
  const failed = given(
    requested,
    neverRan,
    ...failing,
    rollOf('analytics', { 'a.teams': 'UNKNOWN', 'a.players': 'UNKNOWN' }),
  );
  const asks = (type: 'retry-requested' | 'repair-requested'): RunEvent => ({
    ...{ type, by: 'ana', reason: 'it arrived', at: '2026-01-03T05:00:01.000Z' },
  });

  it('is launched as soon as somebody asks, with all its attempts', () => {
    expect(failed.state?.tables[teams.name]?.tag).toBe('failed');
    const step = failed.when(asks('retry-requested'));
    step.thenAsks([launch('a.teams', 4, allDays, 4)]);
    expect(step.state?.tables[teams.name]).toMatchObject({ tag: 'launching', failures: 0 });
  });

  it('is not even launched when the data is there by now, only judged', () => {
    const there: RunEvent = {
      ...neverRan,
      round: 2,
      outcomes: { [teams.name]: { VERIFIED: allDays }, [players.name]: { NEVER_RAN: allDays } },
    };
    const past = failed.when(asks('repair-requested')).state as RunState;
    expect(decide(pipeline, past, there)?.effects).toEqual([runGate('a.teams', 3, 2)]);
  });
});
