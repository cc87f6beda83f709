import { describe, expect, it } from 'vitest';
import { parseDaySet } from '../../../shared/core/day-set.ts';
import { runFindings } from '../../../shared/core/monitor/run-findings.ts';
import type { RunState, RunStatus } from '../../../shared/core/run.ts';
import { day, pipelineOf, RUN, requestOf, sameDay, table } from '../build.ts';
import { given, requested } from '../run-story.ts';

const TEAMS = table('a.teams', [sameDay('raw.schedule')]);
const pipeline = pipelineOf(TEAMS);
const STARTED = '2026-01-03T02:00:00.000Z';
const base = given().when(requested).state as RunState;

function run(status: RunStatus, parts: Partial<RunState> = {}): RunState {
  const request = requestOf(pipeline);
  return { ...base, request, status, since: STARTED, endedAt: STARTED, ...parts };
}

/** The titles of what is found so many minutes after the start. */
function found(states: readonly RunState[], minutes: number): readonly string[] {
  const now = new Date(Date.parse(STARTED) + minutes * 60_000).toISOString();
  const looked = states.map((state) => ({ state, pipeline }));
  const findings = runFindings(looked, { severity: 'error', leftAloneMinutes: 120 }, now);
  return findings.map(({ title }) => title);
}

describe('a run', () => {
  it.each(['blocked', 'failed'] as const)(
    'that is %s is a finding when it was left alone, not before',
    (status) => {
      const message = 'no such table';
      expect(found([run(status, { message })], 119)).toEqual([]);
      expect(found([run(status, { message })], 120)).toEqual(['1 run stopped, and left alone']);
    },
  );

  it.each(['passed', 'cancelled'] as const)('that is %s needs nobody', (status) => {
    expect(found([run(status)], 10_000)).toEqual([]);
  });

  it('that later ones of its days have made good between them needs nobody, and one that some day lacks does', () => {
    const blocked = run('blocked');
    const passed = (from: string, to: string, since = '2026-01-03T03:00:00.000Z') =>
      run('passed', { since, request: { ...blocked.request, from: day(from), to: day(to) } });
    const first = passed('2022-01-01', '2022-01-20');
    expect(found([blocked, passed('2022-01-01', '2022-01-31')], 500)).toEqual([]);
    expect(found([blocked, first, passed('2022-01-21', '2022-01-31')], 500)).toEqual([]);
    expect(found([blocked, first, passed('2022-01-22', '2022-01-31')], 500).length).toBe(1);
    const before = passed('2022-01-01', '2022-01-31', '2026-01-03T01:00:00.000Z');
    expect(found([blocked, before], 500).length).toBe(1);
  });

  it('that left few days undone is made good by a run of these days', () => {
    const badDays = parseDaySet('2022-01-30..2022-01-31');
    const refused = { attempt: 1, verdict: 'FAIL', message: '', evidence: 'e1' } as const;
    const tables = { [TEAMS.name]: { tag: 'blocked', badDays, ...refused } as const };
    const blocked = run('blocked', { tables });
    const request = { ...blocked.request, from: day('2022-01-30') };
    const passed = run('passed', { since: '2026-01-03T03:00:00.000Z', request });
    expect(found([blocked, passed], 500)).toEqual([]);
    const fewer = { ...passed, request: { ...request, from: day('2022-01-31') } };
    expect(found([blocked, fewer], 500)).toEqual(['1 run stopped at a.teams, and left alone']);
  });

  it('that stopped where others did is one trouble with them', () => {
    const badDays = parseDaySet('2022-01-30');
    const refused = { attempt: 1, verdict: 'FAIL', message: '', evidence: 'e1' } as const;
    const tables = { [TEAMS.name]: { tag: 'blocked', badDays, ...refused } as const };
    const nights = [run('blocked', { tables }), run('blocked', { tables }), run('failed')];
    expect(found(nights, 500)).toEqual([
      '2 runs stopped at a.teams, and left alone',
      '1 run stopped, and left alone',
    ]);
  });

  it('that goes on past its deadline is a finding: nobody stopped it', () => {
    const { runMinutes } = pipeline.deadlines;
    expect(found([run('live')], runMinutes + 9)).toEqual([]);
    expect(found([run('live')], runMinutes + 10)).toEqual([
      `run ${RUN} is live past its deadline of ${runMinutes} minutes`,
    ]);
  });
});
