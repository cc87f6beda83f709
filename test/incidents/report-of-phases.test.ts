import { expect, it } from 'vitest';
import type { RunState } from '../../shared/core/run.ts';
import { reportLines } from '../../shared/core/view/report-lines.ts';
import { toldReport } from '../../shared/core/view/report-told.ts';
import {
  AT,
  analyticsDone,
  given,
  judged,
  pipeline,
  requested,
  rollOf,
  succeeded,
} from '../core/run-story.ts';

const told = (state: RunState | null) =>
  reportLines(
    toldReport(
      {
        state: state as RunState,
        ...{ startedAt: '2026-01-03T04:00:00.000Z', endedAt: '2026-01-03T05:00:00.000Z' },
        ...{ repairs: 0, launches: 3, checks: new Map() },
      },
      pipeline,
      [],
    ),
  );
const analyticsPassed = [
  ...analyticsDone,
  rollOf('analytics', { 'a.teams': 'PASS', 'a.players': 'WARN' }),
  succeeded('p.features'),
];

it('a report says of each phase and table what became of it, and passes only with all of them', () => {
  const blocked = given(...analyticsPassed, judged('p.features', 'FAIL', 1, 1, '2022-01-03')).when(
    rollOf('precompute', { 'p.features': 'FAIL' }),
  );
  const lines = told(blocked.state ?? null);
  expect(lines[0]).toMatch(/^FAIL .* blocked$/);
  expect(lines).toContain('phase analytics: passed');
  expect(lines).toContain('phase precompute: blocked');
  expect(lines.at(-1)).toBe('Done. PASS=1 WARN=1 FAIL=1 UNKNOWN=0');
});

it('a report of a run that came to no gate says why', () => {
  const unreadable = {
    type: 'outcomes-unreadable',
    round: 1,
    message: 'no such table',
    at: AT,
  } as const;
  const { state } = given(requested).when(unreadable);
  expect(told(state ?? null)).toContain(state?.message);
  expect(state?.message).toContain('no such table');
});

it('a report of a run that passed says so', () => {
  const passed = given(...analyticsPassed, judged('p.features', 'PASS')).when(
    rollOf('precompute', { 'p.features': 'PASS' }),
  );
  const lines = told(passed.state ?? null);
  expect(lines[0]).toMatch(/^WARN .* passed$/);
  expect(lines.at(-1)).toBe('Done. PASS=2 WARN=1 FAIL=0 UNKNOWN=0');
});

it('a run that has not come to its end is no pass', () => {
  const lines = told(given(...analyticsPassed).state);
  expect(lines[0]).toMatch(/^UNKNOWN .* live$/);
  expect(lines).toContain('phase precompute: open');
});
