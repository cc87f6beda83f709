import { setTimeout as pause } from 'node:timers/promises';
import { isKind } from '../core/errors.ts';

const FIRST_MS = 250;
const LONGEST_MS = 2000;
/** A message that is not handled by then is on its way to the dead letters, or its function is down. */
const PATIENCE_MS = 60_000;

export type Waited = 'kept' | 'sent' | 'interrupted';

type Wait = (ms: number, interrupted: AbortSignal) => Promise<void>;

const byTheClock: Wait = (ms, signal) => pause(ms, undefined, { signal }).catch(() => undefined);

/**
 * Waits until a run has what was sent to it, for a minute of pauses at most. An API that does not answer meanwhile is asked
 * again.
 *
 * @returns `sent` where nobody knows what became of it
 */
export async function untilKept(
  isKept: () => Promise<boolean>,
  interrupted: AbortSignal,
  wait: Wait = byTheClock,
): Promise<Waited> {
  let waited = 0;
  for (let ms = FIRST_MS; !interrupted.aborted; ms = Math.min(ms * 2, LONGEST_MS)) {
    const isThere = await isKept().catch((error: unknown) => {
      if (isKind(error, 'unavailable')) return false;
      throw error;
    });
    if (isThere) return 'kept';
    if (waited >= PATIENCE_MS) return 'sent';
    await wait(ms, interrupted);
    waited += ms;
  }
  return 'interrupted';
}
