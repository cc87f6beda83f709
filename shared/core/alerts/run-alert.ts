import { alertEvent } from '../alert-event.ts';
import type { RunId } from '../ids.ts';
import type { AlertMessage } from '../messages.ts';
import { cutParts, cutText } from './alert-parts.ts';

/** What a run tells people, one alert however many of its tables are concerned; its later rounds are of the same cause. */
export function runAlert(run: RunId, key: string, text: string): AlertMessage {
  const [title = '', ...lines] = text.split('\n');
  const event = alertEvent(key);
  const command = event === 'gate-blocked' ? 'explain' : 'status';
  const next = event === 'run-passed' ? null : `npx phasegate ${command} ${run}`;
  return {
    run,
    key,
    cause: key.replace(/\/\d+$/, ''),
    text: cutText(text),
    ...(event === 'run-passed' ? { severity: 'info' as const } : {}),
    parts: cutParts({ title, about: `run ${run}`, since: null, lines, next }),
  };
}
