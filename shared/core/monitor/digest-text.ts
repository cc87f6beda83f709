import { counted } from '../view/counted.ts';
import type { Monitor } from './monitor.ts';
import type { MonitorState } from './monitor-state.ts';

export type Watched = Readonly<{
  monitor: Monitor;
  state: MonitorState;
  /** The last time for which it should have ended by now; null: never yet. */
  lastDue: string | null;
}>;

const LONGEST = 1900;

/**
 * Which monitors did not end in time, and what is open, by monitor. One that never looked is named, and is not late: it may
 * be new.
 *
 * @returns the text, and how many monitors are late
 */
export function digestText(
  pipeline: string,
  watched: readonly Watched[],
): Readonly<{ text: string; late: number }> {
  const late = watched.filter(isLate);
  const never = watched.filter(({ state }) => state.runs.length === 0);
  const open = watched.flatMap(({ monitor, state }) =>
    state.open.map(({ title, since }) => `${monitor.name}: ${title} (since ${since})`),
  );
  const said = open.length === 0 ? 'nothing is open' : counted(open.length, 'open finding');
  const ended = watched.length - late.length - never.length;
  const lines = [
    `digest of ${pipeline}: ${said}, ${counted(ended, 'monitor')} of ${watched.length} ended in time`,
    ...late.map(
      ({ monitor, state, lastDue }) =>
        `${monitor.name}: was due at ${lastDue}, and last ended at ${state.runs[0]?.endedAt}`,
    ),
    ...never.map(({ monitor }) => `${monitor.name}: has not looked yet`),
    ...open,
  ];
  return { text: lines.join('\n').slice(0, LONGEST), late: late.length };
}

function isLate({ state, lastDue }: Watched): boolean {
  const [last] = state.runs;
  return last !== undefined && lastDue !== null && last.due < lastDue;
}
