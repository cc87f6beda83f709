import { describe, expect, it } from 'vitest';
import { decide } from '../../shared/core/decide.ts';
import { launchId, type PhaseName, parseTableName } from '../../shared/core/ids.ts';
import { nextWake } from '../../shared/core/limits.ts';
import type { Pipeline } from '../../shared/core/pipeline.ts';
import type { RunState } from '../../shared/core/run.ts';
import type { RunEvent } from '../../shared/core/run-event.ts';
import { pipelineOf, RUN, table } from './build.ts';
import { AT, allDays, judged, neverRan, pipeline, requested, succeeded } from './run-story.ts';

const later = (minutes: number) => new Date(Date.parse(AT) + minutes * 60_000).toISOString();
const tick = (minutes: number): RunEvent => ({ type: 'clock-ticked', at: later(minutes) });
const ended = (
  failure: 'transient' | 'not-ready' | 'quota' | 'cancelled' | 'interrupted',
  minutes: number,
  fields: Readonly<{ attempt?: number; retryAt?: string }> = {},
): RunEvent => ({
  type: 'job-failed',
  table: parseTableName('a.teams'),
  attempt: 1,
  failure,
  message: failure,
  at: later(minutes),
  ...fields,
});

/** What a pipeline with these bounds makes of a story: its last state, and what the last event asks for. */
function tell(bounds: Partial<Pipeline>, ...events: readonly RunEvent[]) {
  const bounded: Pipeline = { ...pipeline, ...bounds };
  let state: RunState | null = null;
  let effects: readonly unknown[] = [];
  for (const event of [requested, neverRan, ...events]) {
    const step = decide(bounded, state, event);
    if (step === null) continue;
    ({ state, effects } = step);
  }
  if (state === null) throw new Error('a run that was never requested');
  return { state, effects, teams: state.tables[parseTableName('a.teams')], bounded };
}

const cancelTeams = {
  kind: 'cancel-launch',
  table: 'a.teams',
  attempt: 1,
  launch: launchId(RUN, parseTableName('a.teams'), 1),
};

describe('a job over its deadline', () => {
  const deadlines = { jobMinutes: 60, phaseMinutes: 720, runMinutes: 1440 };

  it('is asked to stop, and tried again only when its end is known', () => {
    const late = tell({ deadlines }, tick(60));
    expect(late.effects).toEqual([cancelTeams]);
    expect(late.teams?.tag).toBe('cancelling');
    const over = tell({ deadlines }, tick(60), ended('cancelled', 61));
    expect(over.teams).toMatchObject({ tag: 'waiting', failures: 1 });
  });

  it('is left alone a moment before', () => {
    expect(tell({ deadlines }, tick(59.9)).effects).toEqual([]);
  });

  it('that ended well after all has its data looked at', () => {
    const at = later(61);
    const done = { ...succeeded('a.teams'), at } as RunEvent;
    expect(tell({ deadlines }, tick(60), done).teams?.tag).toBe('verifying');
  });

  it('that does not stop fails the run, and a person is told', () => {
    const stuck = tell({ deadlines }, tick(60), tick(90), tick(120));
    expect(stuck.state.status).toBe('failed');
    expect(stuck.effects).toMatchObject([{ kind: 'page-human' }]);
  });
});

describe('a run or a phase over its deadline', () => {
  it.each([
    ['run', { jobMinutes: 9000, phaseMinutes: 9000, runMinutes: 100 }],
    ['phase analytics', { jobMinutes: 9000, phaseMinutes: 100, runMinutes: 9000 }],
  ])('stops what runs, and then fails and pages: %s', (what, deadlines) => {
    const late = tell({ deadlines }, tick(100));
    expect(late.effects).toEqual([cancelTeams]);
    const over = tell({ deadlines }, tick(100), ended('cancelled', 101));
    expect(over.state).toMatchObject({
      status: 'failed',
      message: `the ${what} is over its 100 minutes`.replace('the phase', 'phase'),
    });
    expect(over.effects).toMatchObject([{ kind: 'page-human', text: over.state.message }]);
  });

  it('counts for a run that heard nothing since it was asked for', () => {
    const reading = decide(pipeline, null, requested);
    const step = decide(pipeline, reading?.state ?? null, tick(1440));
    expect(step?.state.status).toBe('failed');
    expect(step?.effects).toMatchObject([{ kind: 'page-human' }]);
  });
});

describe('a budget', () => {
  it('of job minutes stops what runs as soon as it is reached', () => {
    const budget = { jobMinutes: 30, bytes: null };
    expect(tell({ budget }, tick(29)).effects).toEqual([]);
    expect(tell({ budget }, tick(30)).effects).toEqual([cancelTeams]);
  });

  it('of job minutes counts what a job took before it was stopped', () => {
    const deadlines = { jobMinutes: 20, phaseMinutes: 9000, runMinutes: 9000 };
    const budget = { jobMinutes: 30, bytes: null };
    const late = tell({ budget, deadlines }, tick(20), ended('cancelled', 25));
    expect(late.state.spent.jobMinutes).toBe(25);
  });

  it('of job minutes names the instant at which executions that began at different times reach it', () => {
    const { state, bounded } = tell({ budget: { jobMinutes: 90, bytes: null } });
    const [first] = Object.values(state.tables).filter(({ tag }) => tag === 'launching');
    if (first?.tag !== 'launching') throw new Error('nothing is launched');
    const tables = { ...state.tables, 'a.later': { ...first, since: later(50) } };
    expect(nextWake(bounded, { ...state, tables })).toBe(later(70));
  });

  it('of bytes that are spent stops no job, and never speaks of minutes', () => {
    const budget = { jobMinutes: 6000, bytes: 1000 };
    const confirmed = {
      type: 'launch-confirmed',
      table: parseTableName('a.teams'),
      attempt: 1,
      execution: 'x',
      bytes: 1000,
      at: AT,
    } as const;
    expect(tell({ budget }, confirmed, tick(5))).toMatchObject({
      effects: [],
      teams: { tag: 'running' },
    });
  });

  it('of bytes launches tables one by one, and the next when it is known what the last one reads', () => {
    const twoAtOnce = pipelineOf(table('a.teams'), table('a.players'));
    const launchedBy = (bytes: number | null, ...events: readonly RunEvent[]) => {
      const bounds = { ...twoAtOnce, budget: { jobMinutes: null, bytes } };
      return tell(bounds, ...events).effects.map((effect) => (effect as { table: string }).table);
    };
    const confirmed = (bytes: number): RunEvent => ({
      type: 'launch-confirmed',
      table: parseTableName('a.teams'),
      attempt: 1,
      execution: 'x',
      bytes,
      at: AT,
    });
    expect(launchedBy(null)).toEqual(['a.teams', 'a.players']);
    expect(launchedBy(1000)).toEqual(['a.teams']);
    expect(launchedBy(1000, confirmed(999))).toEqual(['a.players']);
    expect(launchedBy(1000, confirmed(1000))).toEqual([]);
  });

  it('of bytes launches nothing more once it is reached', () => {
    const budget = { jobMinutes: null, bytes: 1000 };
    const read = (bytes: number) => ({ ...judged('a.teams', 'PASS'), bytes }) as RunEvent;
    const within = tell({ budget }, succeeded('a.teams'), read(999));
    expect(within.effects).toMatchObject([{ kind: 'launch-table', table: 'a.players' }]);
    const over = tell({ budget }, succeeded('a.teams'), read(1000), tick(1));
    expect(over.state).toMatchObject({ status: 'failed' });
    expect(over.state.message).toContain('1000 bytes');
  });
});

describe('a job that could not begin', () => {
  it.each([
    ['not-ready' as const, 15],
    ['quota' as const, 60],
  ])('for %s waits, and has not failed', (failure, minutes) => {
    const { teams } = tell({}, ended(failure, 0));
    expect(teams).toMatchObject({ tag: 'waiting', failures: 0, notBefore: later(minutes) });
    expect(tell({}, ended(failure, 0, { retryAt: later(200) })).teams).toMatchObject({
      notBefore: later(200),
    });
  });

  it('is not launched at once again, whatever instant it named', () => {
    const wait = ended('not-ready', 0, { retryAt: later(-5) });
    expect(tell({}, wait).effects).toEqual([]);
    expect(tell({}, wait).teams).toMatchObject({ notBefore: later(1) });
  });

  it('is launched at the instant it named, and not before', () => {
    const wait = ended('quota', 0, { retryAt: later(200) });
    expect(tell({}, wait, tick(199)).effects).toEqual([]);
    expect(tell({}, wait, tick(200)).effects).toMatchObject([{ kind: 'launch-table', attempt: 2 }]);
    const { bounded, state } = tell({}, wait);
    expect(nextWake(bounded, state)).toBe(later(200));
  });

  it('does not keep its phase open by a pause that is over, when what it reads was refused meanwhile', () => {
    const players = parseTableName('a.players');
    const notReady = (at: number): RunEvent => ({
      type: 'job-failed',
      table: players,
      attempt: 1,
      failure: 'not-ready',
      message: 'busy',
      at: later(at),
    });
    const changed: RunEvent = {
      type: 'upstream-changed',
      table: players,
      attempt: 2,
      upstream: parseTableName('a.teams'),
      at: later(16),
    };
    const refused = { ...judged('a.teams', 'FAIL', 1, 1, '2022-01-03'), look: 1, at: later(17) };
    const story = [succeeded('a.teams'), judged('a.teams', 'PASS'), notReady(0), tick(15), changed];
    const { effects } = tell({}, ...story, refused as RunEvent);
    expect(effects).toMatchObject([{ kind: 'call-roll', phase: 'analytics' }]);
    const { bounded, state } = tell(
      {},
      succeeded('a.teams'),
      judged('a.teams', 'PASS'),
      notReady(0),
    );
    const paused = decide(bounded, state, { type: 'pause-requested', by: '', reason: '', at: AT });
    const woken = decide(bounded, paused?.state ?? state, tick(15));
    expect(woken?.state.tables[players]).toMatchObject({ tag: 'waiting', notBefore: null });
  });

  it('is given up after its machine was lost too often', () => {
    const lost = Array.from({ length: 21 }, (_, n) => ended('interrupted', 0, { attempt: n + 1 }));
    expect(tell({}, ...lost.slice(0, 20)).teams).toMatchObject({ tag: 'launching', failures: 0 });
    expect(tell({}, ...lost).teams).toMatchObject({ tag: 'failed', days: allDays });
  });
});

it('time that changes nothing leaves the very state that there was', () => {
  const { state, bounded } = tell({});
  expect(decide(bounded, state, tick(1))?.state).toBe(state);
});

it('a pause that ends while the roll of a phase is called wakes nobody', () => {
  const paused = tell({}, ended('transient', 0));
  expect(nextWake(paused.bounded, paused.state)).toBe(later(10 / 60));
  const calling = {
    ...paused.state,
    phases: { ['analytics' as PhaseName]: 'calling-roll' as const },
  };
  expect(nextWake(paused.bounded, calling)).toBe(later(720));
});
