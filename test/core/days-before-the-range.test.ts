import { describe, expect, it } from 'vitest';
import { parseDaySet } from '../../shared/core/day-set.ts';
import type { RunEvent } from '../../shared/core/run-event.ts';
import { day, requestOf } from './build.ts';
import {
  calendar,
  features,
  given,
  neverRan,
  pipeline,
  players,
  requested,
  runGate,
  teams,
} from './run-story.ts';

/** A run from 4 January on; features read ten games back. */
const asked = { ...requested, request: requestOf(pipeline, { from: day('2022-01-04') }) };
const read = (ofPlayersBefore: string): RunEvent => ({
  ...neverRan,
  outcomes: {
    [teams.name]: { VERIFIED: calendar.seasons[0]?.days ?? [] },
    [players.name]: {
      [ofPlayersBefore]: parseDaySet('2022-01-01..2022-01-03'),
      NEVER_RAN: parseDaySet('2022-01-04..2022-01-05'),
    },
    [features.name]: { NEVER_RAN: parseDaySet('2022-01-04..2022-01-05') },
  },
});

describe('days before the range that a window reads', () => {
  it('hold everything back while nobody has verified them', () => {
    const step = given(asked).when(read('PARTIAL'));
    expect(step.state).toMatchObject({
      status: 'failed',
      message: expect.stringMatching(/p\.features would read a\.players.*start from 2022-01-01/),
    });
    step.thenAsks([expect.objectContaining({ kind: 'page-human' }) as never]);
  });

  it('are read as they are once they are verified', () => {
    const step = given(asked).when(read('VERIFIED'));
    expect(step.state?.status).toBe('live');
    step.thenAsks([runGate('a.teams', 0)]);
  });
});
