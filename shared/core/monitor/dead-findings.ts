import { counted } from '../view/counted.ts';
import type { Finding } from './finding.ts';
import type { AlertSeverity } from './monitor.ts';

/** Messages of one topic that died, of one cause where that is known. */
export type DeadPile = Readonly<{
  topic: string;
  messages: number;
  /** Without what a message brought along; null: only a look at the messages tells. */
  cause: string | null;
  /** What the first of them died of, and when; null: not known. */
  reason: string | null;
  since: string | null;
  /** How to see them, and to send them again. */
  next: string;
}>;

/** One finding for each topic and cause: as long as one waits, somebody has to look. */
export function deadFindings(
  piles: readonly DeadPile[],
  severity: AlertSeverity,
): readonly Finding[] {
  return piles.map(({ topic, messages, cause, reason, since, next }) => ({
    cause: cause === null ? `dead/${topic}` : `dead/${topic}/${cause}`.slice(0, 300),
    severity,
    title: `${counted(messages, 'message')} on ${topic} died and ${messages === 1 ? 'waits' : 'wait'}`,
    days: [],
    details: [...(reason === null ? [] : [reason]), ...(since === null ? [] : [`since ${since}`])],
    next,
  }));
}
