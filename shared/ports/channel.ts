import type { AlertMessage } from '../core/messages.ts';

/** A way to people. */
export interface Channel {
  /** @throws PhasegateError `unavailable` when it was not taken; the error tells no address */
  say(alert: AlertMessage): Promise<void>;
}
