import { counted } from '../view/counted.ts';
import { monitorTrigger } from './expected-triggers.ts';
import type { Monitor } from './monitor.ts';
import type { MonitorState } from './monitor-state.ts';
import { isTooSeldomReady, type Readiness, readinessLine } from './readiness.ts';
import { type Summary, summaryLines } from './summary-lines.ts';

export type Watched = Readonly<{
  monitor: Monitor;
  state: MonitorState;
  /** The last time for which it should have ended by now; null: never yet. */
  lastDue: string | null;
}>;

const LONGEST = 1900;

/**
 * Which monitors did not end in time, what became of the day before, and what is open, by monitor. One that never looked is
 * named, and is not late: it may be new. A phase that was too seldom ready in time comes first.
 *
 * @returns the text, and how many monitors are late
 */
export function digestText(
  pipeline: string,
  watched: readonly Watched[],
  summary: Summary,
  ready: readonly Readiness[] = [],
): Readonly<{ text: string; late: number }> {
  const late = watched.filter(isLate);
  const never = watched.filter(({ state }) => state.runs.length === 0);
  const open = watched.flatMap(({ monitor, state }) =>
    toldOpen(state).map(({ title, since }) => `${monitor.name}: ${title} (since ${since})`),
  );
  const said = open.length === 0 ? 'nothing is open' : counted(open.length, 'open finding');
  const ended = watched.length - late.length - never.length;
  const lines = [
    `digest of ${pipeline}: ${said}, ${counted(ended, 'monitor')} of ${watched.length} ended in time`,
    ...ready.filter(isTooSeldomReady).map(readinessLine),
    ...late.map(
      ({ monitor, state, lastDue }) =>
        `${monitor.name}: was due at ${lastDue}, and last ended at ${state.runs[0]?.endedAt}; next: npx phasegate schedules run ${monitorTrigger(monitor.name)}`,
    ),
    ...never.map(({ monitor }) => `${monitor.name}: has not looked yet`),
    ...summaryLines(summary),
    ...ready.filter((each) => !isTooSeldomReady(each)).map(readinessLine),
    ...open,
  ];
  return { text: lines.join('\n').slice(0, LONGEST), late: late.length };
}

/** What another monitor has told is listed there, and is over when it is over there. */
export function toldOpen({ open }: MonitorState): MonitorState['open'] {
  return open.filter(({ toldAt }) => toldAt !== null);
}

function isLate({ state, lastDue }: Watched): boolean {
  const [last] = state.runs;
  return last !== undefined && lastDue !== null && last.due < lastDue;
}
