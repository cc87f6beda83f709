import type { DeadPile } from '../core/monitor/dead-findings.ts';

/** Counts the messages that nobody could handle, and that nobody has sent again or taken away since. */
export interface DeadCount {
  /**
   * One for each topic that has some, and for each cause where causes are known.
   *
   * @throws PhasegateError `invalid-input` where nobody may look, `not-found` where nobody counts, `unavailable` for trouble that
   *   may pass
   */
  piles(): Promise<readonly DeadPile[]>;
}
