import { alertEvent } from '../../core/alert-event.ts';
import { readAlert } from '../../edge/wire.ts';
import type { Handler } from '../../ports/bus.ts';
import type { Notifier } from '../../ports/world.ts';
import type { Log } from './log.ts';

/** What `notify` does. It is in the log, where alert policies count it, before any channel is tried: none may take it. */
export function alertHandler(notifier: Notifier, log: Log): Handler {
  return async ({ data }) => {
    const alert = readAlert(data);
    const { run, key, text } = alert;
    log('NOTICE', alertEvent(key), text.split('\n', 1)[0] ?? '', { run: run ?? undefined });
    await notifier.tell(run === null ? alert : { ...alert, text: `${run}: ${text}` });
  };
}
