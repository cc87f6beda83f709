import { counted } from '../view/counted.ts';
import type { Monitor } from './monitor.ts';
import type { MonitorState } from './monitor-state.ts';

export type Watched = Readonly<{
  monitor: Monitor;
  state: MonitorState;
  /** When it was due last; null: never yet. */
  lastDue: string | null;
}>;

const LONGEST = 1900;

/**
 * What is open, by monitor, and which monitors did not end in time.
 *
 * @returns the text, and how many monitors are late
 */
export function digestText(
  pipeline: string,
  watched: readonly Watched[],
  now: string,
): Readonly<{ text: string; late: number }> {
  const late = watched.filter((each) => isLate(each, now));
  const open = watched.flatMap(({ monitor, state }) =>
    state.open.map(({ title, since }) => `${monitor.name}: ${title} (since ${since})`),
  );
  const lines = [
    `digest of ${pipeline}: ${open.length === 0 ? 'nothing is open' : counted(open.length, 'open finding')}, ${counted(watched.length - late.length, 'monitor')} of ${watched.length} ended in time`,
    ...open,
    ...late.map(({ monitor, state, lastDue }) => {
      const last = state.runs[0];
      const ended = last === undefined ? 'never ended' : `last ended at ${last.endedAt}`;
      return `${monitor.name}: was due at ${lastDue}, and ${ended}`;
    }),
  ];
  return { text: lines.join('\n').slice(0, LONGEST), late: late.length };
}

function isLate({ monitor, state, lastDue }: Watched, now: string): boolean {
  if (lastDue === null) return false;
  const deadline = Date.parse(lastDue) + monitor.deadlineMinutes * 60_000;
  const last = state.runs[0];
  return Date.parse(now) >= deadline && (last === undefined || last.due < lastDue);
}
