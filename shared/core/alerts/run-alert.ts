import { type AlertEvent, alertEvent } from '../alert-event.ts';
import type { RunId } from '../ids.ts';
import type { AlertMessage } from '../messages.ts';
import type { RunState } from '../run.ts';
import { endLines } from '../view/end-lines.ts';
import { cutParts, cutText } from './alert-parts.ts';

/** What tells more; of anything else `status`. */
const COMMAND: Readonly<Partial<Record<AlertEvent, string>>> = {
  'gate-blocked': 'explain',
  'run-passed': 'report',
};

/**
 * What a run tells people, one alert however many of its tables are concerned; its later rounds are of the same cause. Behind
 * its first line stand those of the run's report.
 *
 * @param state as the run stands now; null: not known, and then nothing is said of it
 */
export function runAlert(
  run: RunId,
  key: string,
  said: string,
  state: RunState | null = null,
): AlertMessage {
  const [title = '', ...rest] = said.split('\n');
  const event = alertEvent(key);
  const next = `npx phasegate ${COMMAND[event] ?? 'status'} ${run}`;
  const end = state === null ? [] : endLines(state);
  const then = end.length === 0 ? [] : [`next: \`${next}\``];
  return {
    run,
    key,
    cause: key.replace(/\/\d+$/, ''),
    text: cutText([title, ...end, ...then, ...rest].join('\n')),
    ...(event === 'run-passed' ? { severity: 'info' as const } : {}),
    parts: cutParts({ title, about: `run ${run}`, since: null, lines: [...end, ...rest], next }),
  };
}
