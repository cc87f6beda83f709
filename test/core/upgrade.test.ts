import { describe, expect, it } from 'vitest';
import { readState } from '../../shared/core/upgrade.ts';
import { AT, given, judged, neverRan, requested, succeeded } from './run-story.ts';

const NOW = '2026-01-03T09:00:00.000Z';
const { state } = given(requested, neverRan, succeeded('a.teams'), judged('a.teams', 'PASS'));
/** The same run as the release before kept it. */
const before = {
  ...Object.fromEntries(
    Object.entries(state ?? {}).filter(
      ([name]) =>
        ![
          'plan',
          'image',
          'since',
          'endedAt',
          'look',
          'phaseSince',
          'repairs',
          'paused',
          'stopping',
          'spent',
          'overrides',
          'signOffs',
        ].includes(name),
    ),
  ),
  schema: 1,
  badDaysBefore: 3,
  tables: {
    'a.teams': { tag: 'passed', attempt: 1, evidence: 'e' },
    'a.players': { tag: 'launching', attempt: 1, firstAttempt: 1, failures: 0, days: [] },
    'p.features': { tag: 'verifying', attempt: 0, days: [] },
  },
};

describe('a state of the schema before', () => {
  it('is read with every field of this one, and no deadline that is over already', () => {
    const read = readState(before, NOW);
    expect(Object.keys(read).sort()).toEqual(Object.keys(state ?? {}).sort());
    expect(read).toMatchObject({ schema: 2, since: NOW, phaseSince: NOW, repairs: { inAll: 0 } });
    expect(read).toMatchObject({ endedAt: null, badDaysBefore: null });
    expect(read.tables).toMatchObject({
      'a.teams': { tag: 'passed', token: '' },
      'a.players': { tag: 'launching', since: NOW, interruptions: 0 },
      'p.features': { tag: 'verifying', look: 0 },
    });
  });

  it('of this schema is left as it is', () => {
    expect(readState(state ?? { schema: 0 }, AT)).toBe(state);
  });

  it('of a later schema is refused', () => {
    expect(() => readState({ schema: 3 }, AT)).toThrow(/schema 3; this release reads 1 and 2/);
  });
});
