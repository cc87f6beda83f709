import { describe, expect, it } from 'vitest';
import { runFindings } from '../../../shared/core/monitor/run-findings.ts';
import type { RunState, RunStatus } from '../../../shared/core/run.ts';
import { day, pipelineOf, RUN, requestOf, sameDay, table } from '../build.ts';
import { given, requested } from '../run-story.ts';

const pipeline = pipelineOf(table('a.teams', [sameDay('raw.schedule')]));
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
      expect(found([run(status, { message })], 120)).toEqual([
        `run ${RUN} of 2022-01-01..2022-01-31 is ${status}, and left alone`,
      ]);
    },
  );

  it.each(['passed', 'cancelled'] as const)('that is %s needs nobody', (status) => {
    expect(found([run(status)], 10_000)).toEqual([]);
  });

  it('that a later one of the same days has made good needs nobody, and one of fewer days has not', () => {
    const blocked = run('blocked');
    const later = { since: '2026-01-03T03:00:00.000Z' };
    const fewer = { ...blocked.request, to: day('2022-01-30') };
    expect(found([blocked, run('passed', later)], 500)).toEqual([]);
    expect(found([blocked, run('passed', { ...later, request: fewer })], 500).length).toBe(1);
    expect(found([blocked, run('passed', { since: '2026-01-03T01:00:00.000Z' })], 500).length).toBe(
      1,
    );
    expect(found([blocked, run('failed', later)], 500).length).toBe(2);
  });

  it('that goes on past its deadline is a finding: nobody stopped it', () => {
    const { runMinutes } = pipeline.deadlines;
    expect(found([run('live')], runMinutes + 9)).toEqual([]);
    expect(found([run('live')], runMinutes + 10)).toEqual([
      `run ${RUN} is live past its deadline of ${runMinutes} minutes`,
    ]);
  });
});
