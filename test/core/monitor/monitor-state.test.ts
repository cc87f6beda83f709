import { describe, expect, it } from 'vitest';
import { parseDaySet } from '../../../shared/core/day-set.ts';
import type { Finding } from '../../../shared/core/monitor/finding.ts';
import type { Monitor } from '../../../shared/core/monitor/monitor.ts';
import {
  hasRun,
  type MonitorState,
  NEVER_OBSERVED,
  observed,
  repairsToOpen,
  toldBy,
  withoutTold,
} from '../../../shared/core/monitor/monitor-state.ts';
import { day, RUN } from '../build.ts';

const MONITOR: Monitor = {
  name: 'freshness',
  description: null,
  cron: '0 9 * * *',
  timeZone: 'America/New_York',
  deadlineMinutes: 60,
  severity: 'error',
  channel: 'health',
  judges: { what: 'runs', lookBackDays: 14, leftAloneMinutes: 120, handOverMinutes: 15 },
};
const BOX: Finding = {
  cause: 'source/raw.box',
  severity: 'error',
  title: 'source raw.box lacks what is promised of it',
  days: parseDaySet('2022-01-03..2022-01-05'),
  details: ['raw.box days: 3/5; accepted: 100%'],
  next: 'npx phasegate load DIR --only raw_box',
};
const TEAMS: Finding = { ...BOX, cause: 'own/a.teams', title: 'a.teams is bad', days: [] };

const hour = (count: number) =>
  new Date(Date.UTC(2026, 0, 3, 14) + count * 3_600_000).toISOString();

/** The state after a look at this hour, with nothing left untold before it. */
function look(
  state: MonitorState,
  at: number,
  findings: readonly Finding[],
  isWhole = true,
): MonitorState {
  const run = {
    asked: hour(at),
    due: hour(at),
    startedAt: hour(at),
    endedAt: hour(at),
    verdict: 'FAIL',
    message: '',
    findings: findings.length,
    evidence: null,
  } as const;
  const found = { findings, isOver: () => isWhole };
  return observed(MONITOR, withoutTold(state, state.untold), run, found);
}

const told = ({ untold }: MonitorState) =>
  untold.map(({ key, severity }) => `${key.split('/').slice(2, 5).join('/')} ${severity}`);

describe('what people are told of a trouble', () => {
  it('is told once when it is new: what, on which days, against which number, and what to do', () => {
    const first = look(NEVER_OBSERVED, 0, [BOX]);
    expect(first.untold).toEqual([
      {
        run: null,
        key: `monitor/freshness/source/raw.box/new/${hour(0)}`,
        severity: 'error',
        channel: 'health',
        text: [
          'freshness: source raw.box lacks what is promised of it',
          'on 2022-01-03..2022-01-05 (3 days)',
          'raw.box days: 3/5; accepted: 100%',
          'next: npx phasegate load DIR --only raw_box',
        ].join('\n'),
        parts: {
          title: 'source raw.box lacks what is promised of it',
          about: 'monitor freshness',
          since: hour(0),
          lines: ['on 2022-01-03..2022-01-05 (3 days)', 'raw.box days: 3/5; accepted: 100%'],
          next: 'npx phasegate load DIR --only raw_box',
        },
      },
    ]);
    expect(look(first, 1, [{ ...BOX, title: 'in other words', details: [] }]).untold).toEqual([]);
  });

  it('is told again each day that it lasts, with the instant since when', () => {
    const first = look(NEVER_OBSERVED, 0, [BOX]);
    const quiet = look(first, 22, [BOX]);
    expect(quiet.untold).toEqual([]);
    const day = look(quiet, 23, [BOX]);
    expect(told(day)).toEqual(['source/raw.box/lasts error']);
    expect(day.untold[0]?.text).toContain(`(since ${hour(0)})`);
    expect(look(day, 45, [BOX]).untold).toEqual([]);
    expect(told(look(day, 47, [BOX]))).toEqual(['source/raw.box/lasts error']);
  });

  it('is told at once when it becomes louder, not when it becomes quieter', () => {
    const first = look(NEVER_OBSERVED, 0, [BOX]);
    const louder = look(first, 1, [{ ...BOX, severity: 'critical' }]);
    expect(told(louder)).toEqual(['source/raw.box/louder critical']);
    expect(look(louder, 2, [BOX]).untold).toEqual([]);
  });

  it('is told to be over, once, when a look at everything no longer sees it', () => {
    const first = look(NEVER_OBSERVED, 0, [BOX, TEAMS]);
    const after = look(first, 1, [TEAMS]);
    expect(told(after)).toEqual(['source/raw.box/over info']);
    expect(after.untold[0]?.text).toContain(`since ${hour(0)}`);
    expect(after.open.map(({ cause }) => cause)).toEqual(['own/a.teams']);
    expect(look(after, 2, [TEAMS]).untold).toEqual([]);
  });

  it('is not over because nobody could look', () => {
    const first = look(NEVER_OBSERVED, 0, [BOX]);
    const unable: Finding = { ...TEAMS, cause: 'unable' };
    const blind = look(first, 1, [unable], false);
    expect(told(blind)).toEqual([`unable/new/${hour(1)} error`]);
    expect(blind.open.map(({ cause }) => cause).sort()).toEqual(['source/raw.box', 'unable']);
    expect(told(look(blind, 2, [BOX]))).toEqual([`unable/over/${hour(2)} info`]);
  });

  it('that comes and goes is not told anew within four hours, and is told then if it is still there', () => {
    const over = look(look(NEVER_OBSERVED, 0, [BOX]), 1, []);
    const back = look(over, 2, [BOX]);
    expect(back.untold).toEqual([]);
    expect(look(back, 3, []).untold).toEqual([]);
    expect(told(look(back, 4, [BOX]))).toEqual(['source/raw.box/new error']);
  });

  it('that comes and goes again and again stays within the four hours of when it was last told', () => {
    let state = look(NEVER_OBSERVED, 0, [BOX]);
    const heard = [...told(state)];
    for (const [index, findings] of [[], [BOX], [], [BOX], [], [BOX]].entries()) {
      state = look(state, 0.5 + index / 2, findings);
      heard.push(...told(state));
    }
    expect(heard).toEqual(['source/raw.box/new error', 'source/raw.box/over info']);
  });

  it('that the file no longer has it look at is left, and is not said to be over', () => {
    const first = look(NEVER_OBSERVED, 0, [BOX]);
    const run = { ...first.runs[0]!, asked: hour(1), due: hour(1), endedAt: hour(1) };
    const judges = {
      what: 'runs',
      lookBackDays: 3,
      leftAloneMinutes: 120,
      handOverMinutes: 15,
    } as const;
    const found = { findings: [], isOver: () => false };
    const after = observed({ ...MONITOR, judges }, withoutTold(first, first.untold), run, found);
    expect(after.open).toEqual([]);
    expect(after.untold.map(({ text }) => text)).toEqual([
      expect.stringContaining('freshness: no longer looked at, since its lines'),
    ]);
  });

  it('is one cause whatever its numbers: two causes are two alerts', () => {
    const both = look(NEVER_OBSERVED, 0, [BOX, TEAMS]);
    expect(told(both)).toEqual(['source/raw.box/new error', 'own/a.teams/new error']);
  });
});

describe('what a monitor keeps', () => {
  it('is what was not told yet, until it was', () => {
    const first = look(NEVER_OBSERVED, 0, [BOX]);
    const run = { ...first.runs[0]!, asked: hour(1), due: hour(1), endedAt: hour(1) };
    const found = { findings: [BOX, TEAMS], isOver: () => true };
    const second = observed(MONITOR, first, run, found);
    expect(told(second)).toEqual(['source/raw.box/new error', 'own/a.teams/new error']);
    expect(told(withoutTold(second, first.untold))).toEqual(['own/a.teams/new error']);
  });

  it('is bounded, whatever happens for a year', () => {
    let state = NEVER_OBSERVED;
    for (let day = 0; day < 365; day++) {
      const cause = `own/a.t${day}`;
      state = look(state, day * 24, [{ ...BOX, cause }]);
    }
    expect(state.open.length).toBe(1);
    expect(JSON.stringify(state).length).toBeLessThan(30_000);
  });

  it('tells which times and messages it has looked for: a later look has seen what an earlier one would', () => {
    const state = look(NEVER_OBSERVED, 5, []);
    const times = [4, 5, 6].map((at) => hasRun(state, hour(at), hour(at)));
    expect(times).toEqual([true, true, false]);
    expect([hasRun(state, hour(5)), hasRun(state, 'm1')]).toEqual([true, false]);
  });
});

describe('a trouble that another monitor has told', () => {
  const other = look(NEVER_OBSERVED, 0, [BOX]);
  const beside = (
    state: MonitorState,
    at: number,
    findings: readonly Finding[],
    states = [other],
  ) => {
    const asked = hour(at);
    const run = { asked, due: asked, startedAt: asked, endedAt: asked, verdict: 'FAIL' } as const;
    const rest = { message: '', findings: findings.length, evidence: null };
    const seen = { findings, isOver: () => true };
    const fresh = withoutTold(state, state.untold);
    return observed(MONITOR, fresh, { ...run, ...rest }, seen, toldBy(states));
  };

  it('is not told a second time, and neither is its end', () => {
    const first = beside(NEVER_OBSERVED, 1, [BOX]);
    expect(told(first)).toEqual([]);
    expect(first.open.map(({ cause }) => cause)).toEqual([BOX.cause]);
    expect(told(beside(first, 30, [BOX]))).toEqual([]);
    expect(told(beside(first, 2, []))).toEqual([]);
  });

  it('is told where it is louder here', () => {
    const louder: Finding = { ...BOX, severity: 'critical' };
    expect(told(beside(NEVER_OBSERVED, 1, [louder]))).toEqual(['source/raw.box/new critical']);
  });

  it('is told when the other one has it open no more', () => {
    const first = beside(NEVER_OBSERVED, 1, [BOX]);
    const over = look(other, 2, []);
    expect(told(beside(first, 3, [BOX], [over]))).toEqual(['source/raw.box/new error']);
  });

  it('is told where it is of other days here', () => {
    const elsewhere: Finding = { ...BOX, days: parseDaySet('2022-01-06') };
    expect(told(beside(NEVER_OBSERVED, 1, [elsewhere]))).toEqual(['source/raw.box/new error']);
  });

  it('is told when the other one has not told it for two days: nobody reminds of it there', () => {
    const first = beside(NEVER_OBSERVED, 1, [BOX]);
    expect(told(beside(first, 45, [BOX]))).toEqual([]);
    expect(told(beside(first, 47, [BOX]))).toEqual(['source/raw.box/new error']);
  });
});

it('a run that was promised and not asked for is not asked for when its trouble is gone', () => {
  const request = { pipeline: 'tiny', from: day('2022-01-03'), to: day('2022-01-05') };
  const repair = {
    cause: BOX.cause,
    tables: [],
    run: RUN,
    request: { ...request, phases: [], mode: 'missing' },
    at: hour(0),
    isPublished: false,
  } as const;
  const promised: MonitorState = { ...look(NEVER_OBSERVED, 0, [BOX]), repairs: [repair] };
  const unpublished = { ...NEVER_OBSERVED, open: promised.open, repairs: [repair] };
  const again = (findings: readonly Finding[]) => {
    const at = hour(1);
    const run = { asked: at, due: at, startedAt: at, endedAt: at, verdict: 'FAIL' } as const;
    const rest = { message: '', findings: findings.length, evidence: null };
    return observed(MONITOR, unpublished, { ...run, ...rest }, { findings, isOver: () => true });
  };
  expect(repairsToOpen(again([BOX]))).toEqual([repair]);
  expect(repairsToOpen(again([]))).toEqual([]);
});

it('what a release adds to its lines leaves open what was open', () => {
  const before = look(NEVER_OBSERVED, 0, [BOX]);
  const older = { ...before, judges: JSON.stringify({ what: 'runs', lookBackDays: 14 }) };
  expect(told(look(older, 1, [], false))).toEqual([]);
  const other = { ...before, judges: JSON.stringify({ what: 'runs', lookBackDays: 3 }) };
  expect(told(look(other, 1, [], false))).toEqual(['source/raw.box/over info']);
});
