import { describe, expect, it } from 'vitest';
import type { AlertSeverity } from '../../shared/core/monitor/monitor.ts';
import type { MonitorState, OpenFinding } from '../../shared/core/monitor/monitor-state.ts';
import { NEVER_OBSERVED } from '../../shared/core/monitor/monitor-state.ts';
import type { RunState } from '../../shared/core/run.ts';
import { type Morning, nowVerdict } from '../../shared/page/now-verdict.ts';
import { openTroubles } from '../../shared/page/open-troubles.ts';
import { day } from '../core/build.ts';
import { analyticsDone, given, judged, neverRan, requested } from '../core/run-story.ts';

const live = given(requested, neverRan).state as RunState;
const at = (status: RunState['status'], from = '2022-01-01'): RunState => ({
  ...live,
  status,
  request: { ...live.request, from: day(from) },
  tables: status === 'passed' ? passing : live.tables,
});
const { tables } = given(...analyticsDone).state as RunState;
const passing = Object.fromEntries(
  Object.entries(tables).filter(([, { tag }]) => tag === 'passed'),
) as RunState['tables'];

const finding = (cause: string, more: Partial<OpenFinding> = {}): OpenFinding => ({
  cause,
  severity: 'error',
  title: cause,
  days: [],
  details: [],
  next: null,
  since: '2026-01-02T00:00:00.000Z',
  toldAt: '2026-01-02T00:00:00.000Z',
  quietUntil: '2026-01-02T00:00:00.000Z',
  ...more,
});
const seen = (monitor: string, ...open: readonly OpenFinding[]) => {
  const state: MonitorState = { ...NEVER_OBSERVED, open };
  return { monitor, state };
};
const morning = (more: Partial<Morning> = {}): Morning => ({
  runs: [at('passed')],
  troubles: [],
  monitors: 2,
  silent: 0,
  blind: 0,
  unread: [],
  ...more,
});

describe('how it stands', () => {
  it.each<[string, string, Partial<Morning>]>([
    ['PASS', 'no run is live; nothing is open', {}],
    ['PASS', '1 run live; nothing is open', { runs: [live, at('passed', '2022-01-02')] }],
    ['FAIL', '1 run blocked, nothing is open', { runs: [at('blocked')] }],
    ['FAIL', '1 run failed, nothing is open', { runs: [at('failed')] }],
    ['UNKNOWN', 'no run is live; no monitor looks', { monitors: 0 }],
    ['UNKNOWN', 'no run is live; no monitor looks', { runs: [at('cancelled')], monitors: 0 }],
    ['PASS', 'no run is live; nothing is open', { runs: [at('cancelled')] }],
    ['UNKNOWN', 'no run is live; no monitor has looked yet', { silent: 2 }],
    [
      'UNKNOWN',
      'no run is live; nothing is open, 1 monitor has missed the last look',
      { blind: 1 },
    ],
    ['UNKNOWN', 'no run is live; nothing is open, 1 monitor has not looked yet', { silent: 1 }],
    [
      'UNKNOWN',
      'no run is known; nothing is open; not known: the runs',
      { runs: [], unread: ['the runs'] },
    ],
  ])('is %s in words: %s', (verdict, sentence, more) => {
    expect(nowVerdict(morning(more))).toEqual({ verdict, sentence });
  });

  it('counts a refused run until a later one of the same request has begun', () => {
    const again = nowVerdict(morning({ runs: [at('passed'), at('blocked')] }));
    expect(again).toEqual({ verdict: 'PASS', sentence: 'no run is live; nothing is open' });
    const other = nowVerdict(morning({ runs: [at('passed', '2022-01-02'), at('blocked')] }));
    expect(other.verdict).toBe('FAIL');
  });

  it('says which runs somebody paused', () => {
    const paused = { ...live, paused: { by: 'ana', reason: '', at: live.since } };
    expect(nowVerdict(morning({ runs: [paused] })).sentence).toMatch(/^1 run live \(1 paused\)/);
  });

  it.each<[AlertSeverity, string]>([
    ['info', 'PASS'],
    ['warning', 'WARN'],
    ['error', 'FAIL'],
    ['critical', 'FAIL'],
  ])('with an open finding that is %s is %s', (severity, verdict) => {
    const troubles = openTroubles([seen('daily', finding('a', { severity }))]);
    expect(nowVerdict(morning({ troubles }))).toEqual({
      verdict,
      sentence: 'no run is live, 1 finding open',
    });
  });

  it('is no pass where a run of which nothing was judged has failed', () => {
    const failed = given(requested, { ...judged('a.teams', 'PASS') }).state as RunState;
    expect(nowVerdict(morning({ runs: [{ ...failed, status: 'failed' }] })).verdict).toBe('FAIL');
  });
});

describe('what is open', () => {
  it('is one trouble a cause, told by whom people heard of it, since it was first seen', () => {
    const quiet = finding('a', { toldAt: null, since: '2026-01-01T00:00:00.000Z' });
    const [only, ...others] = openTroubles([seen('grid', quiet), seen('daily', finding('a'))]);
    expect(others).toEqual([]);
    expect(only).toMatchObject({
      monitors: ['daily', 'grid'],
      since: '2026-01-01T00:00:00.000Z',
      finding: { toldAt: '2026-01-02T00:00:00.000Z' },
    });
  });

  it('is as loud as the monitor that sees it as worst says, whoever told it last', () => {
    const loud = finding('a', { severity: 'critical', toldAt: '2026-01-01T00:00:00.000Z' });
    const quiet = finding('a', { severity: 'warning' });
    const [only] = openTroubles([seen('grid', quiet), seen('daily', loud)]);
    expect(only?.finding).toMatchObject({ severity: 'critical', toldAt: quiet.toldAt });
  });

  it('has the loudest first, then the oldest', () => {
    const open = [
      finding('late', { since: '2026-01-03T00:00:00.000Z' }),
      finding('quiet', { severity: 'warning', since: '2026-01-01T00:00:00.000Z' }),
      finding('early'),
      finding('loud', { severity: 'critical', since: '2026-01-04T00:00:00.000Z' }),
    ];
    const order = openTroubles([seen('daily', ...open)]).map(({ finding: { cause } }) => cause);
    expect(order).toEqual(['loud', 'early', 'late', 'quiet']);
  });
});
