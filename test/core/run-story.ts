import { expect } from 'vitest';
import { parseDaySet } from '../../shared/core/day-set.ts';
import { decide } from '../../shared/core/decide.ts';
import { launchId, parsePhaseName, parseTableName } from '../../shared/core/ids.ts';
import type { Effect, RunState } from '../../shared/core/run.ts';
import type { EventOf, RunEvent } from '../../shared/core/run-event.ts';
import type { Verdict } from '../../shared/core/verdict.ts';
import { calendarOf, games, pipelineOf, RUN, requestOf, sameDay, table } from './build.ts';

export const AT = '2026-01-03T04:00:00.000Z';
export const teams = table('a.teams', [sameDay('raw.schedule')]);
export const players = table('a.players', [sameDay('a.teams')]);
export const features = table('p.features', [games('a.players', 10)], {
  phase: parsePhaseName('precompute'),
});
export const pipeline = pipelineOf(teams, players, features);
export const calendar = calendarOf('2022-01-01..2022-01-05');
export const allDays = parseDaySet('2022-01-01..2022-01-05');

export const requested: EventOf<'run-requested'> = {
  type: 'run-requested',
  run: RUN,
  request: requestOf(pipeline),
  definition: 'd1',
  by: 'ana',
  reason: '',
  at: AT,
};
export const neverRan: EventOf<'outcomes-read'> = {
  type: 'outcomes-read',
  round: 1,
  calendar,
  outcomes: Object.fromEntries(
    [teams, players, features].map(({ name }) => [name, { NEVER_RAN: allDays }]),
  ),
  at: AT,
};
export const succeeded = (name: string, attempt = 1): RunEvent => ({
  type: 'job-succeeded',
  table: parseTableName(name),
  attempt,
  at: AT,
});
export const judged = (
  name: string,
  verdict: Verdict,
  attempt = 1,
  round = 1,
  bad = '',
): RunEvent => ({
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
export const launch = (name: string, attempt = 1, days = allDays, firstAttempt = 1): Effect => ({
  kind: 'launch-table',
  table: parseTableName(name),
  attempt,
  firstAttempt,
  launch: launchId(RUN, parseTableName(name), attempt),
  days,
});
export const runGate = (name: string, attempt = 1, round = 1, look = 0): Effect => ({
  kind: 'run-gate',
  table: parseTableName(name),
  round,
  attempt,
  look,
});
export const callRoll = (phase: string, round = 1, look = 0): Effect => ({
  kind: 'call-roll',
  phase: parsePhaseName(phase),
  round,
  look,
});
export const rollOf = (phase: string, verdicts: Record<string, Verdict>, round = 1): RunEvent => ({
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

/** A run with this past: what it asks for, and where it stands, when one more thing happens. */
export function given(...past: RunEvent[]) {
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

/** Both analytics tables have passed their gates. */
export const analyticsDone = [
  requested,
  neverRan,
  succeeded('a.teams'),
  judged('a.teams', 'PASS'),
  succeeded('a.players'),
  judged('a.players', 'PASS'),
];
