import type { AlertSeverity } from '../core/monitor/monitor.ts';
import { verdictOfRun } from '../core/report.ts';
import { isAtRest, type RunState, type RunStatus } from '../core/run.ts';
import { type Verdict, worst } from '../core/verdict.ts';
import { counted } from '../core/view/counted.ts';
import type { OpenTrouble } from './open-troubles.ts';

/** What a person asks first in the morning. `unread` names what could not be read. */
export type Morning = Readonly<{
  /** The latest first. */
  runs: readonly RunState[];
  troubles: readonly OpenTrouble[];
  monitors: number;
  /** Monitors that never looked. */
  silent: number;
  /** Monitors whose last look could not find out, or that missed one: what they saw before is old. */
  blind: number;
  unread: readonly string[];
}>;

const OF_SEVERITY: Readonly<Record<AlertSeverity, Verdict>> = {
  info: 'PASS',
  warning: 'WARN',
  error: 'FAIL',
  critical: 'FAIL',
};

/** How it stands, in one sentence. A run counts until a later one of the same request has begun. What is not known is no pass. */
export function nowVerdict(morning: Morning): Readonly<{ verdict: Verdict; sentence: string }> {
  const { runs, troubles, monitors, silent, blind, unread } = morning;
  const last = lastOfEach(runs);
  const count = (...wanted: readonly RunStatus[]) =>
    last.filter(({ status }) => wanted.includes(status)).length;
  const live = last.filter(({ status }) => !isAtRest(status));
  const paused = live.filter((each) => each.paused !== null).length;
  const of = (number: number, what: string) =>
    number === 0 ? [] : [`${counted(number, 'run')} ${what}`];
  const refused = count('blocked', 'failed');
  const told = [
    ...of(live.length, paused === 0 ? 'live' : `live (${paused} paused)`),
    ...of(count('blocked'), 'blocked'),
    ...of(count('failed'), 'failed'),
  ];
  const ofRuns =
    told.length > 0 ? told.join(', ') : runs.length === 0 ? 'no run is known' : 'no run is live';
  const found = [
    troubles.length > 0
      ? `${counted(troubles.length, 'finding')} open`
      : monitors === 0
        ? 'no monitor looks'
        : silent === monitors
          ? 'no monitor has looked yet'
          : 'nothing is open',
    ...(silent > 0 && silent < monitors
      ? [`${counted(silent, 'monitor has', 'monitors have')} not looked yet`]
      : []),
    ...(blind > 0
      ? [`${counted(blind, 'monitor has', 'monitors have')} missed the last look`]
      : []),
  ].join(', ');
  const unknown = unread.length === 0 ? '' : `; not known: ${unread.join(', ')}`;
  const isBad = refused > 0 || troubles.length > 0;
  return {
    verdict: worst([
      ...last.filter(({ status }) => isAtRest(status)).flatMap(verdictAtRest),
      ...troubles.map(({ finding }) => OF_SEVERITY[finding.severity]),
      ...(monitors > silent ? ['PASS' as const] : []),
      ...(silent > 0 || blind > 0 || unread.length > 0 || monitors === 0
        ? ['UNKNOWN' as const]
        : []),
    ]),
    sentence: `${ofRuns}${isBad ? ', ' : '; '}${found}${unknown}`,
  };
}

/** A run that somebody cancelled shows nothing, and is no trouble. */
function verdictAtRest(run: RunState): readonly Verdict[] {
  if (run.status === 'cancelled') return [];
  const verdict = verdictOfRun(run);
  return run.status === 'passed' ? [verdict] : [verdict, 'FAIL'];
}

/** The latest run of each request. */
function lastOfEach(runs: readonly RunState[]): readonly RunState[] {
  const first = new Map<string, RunState>();
  for (const run of runs) {
    const request = JSON.stringify(run.request);
    if (!first.has(request)) first.set(request, run);
  }
  return [...first.values()];
}
