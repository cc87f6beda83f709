import type { RunId } from './ids.ts';
import type { AlertMessage } from './messages.ts';

const LONGEST_KEY = 400;
const LONGEST_TEXT = 2000;

/**
 * Tells people that a message died: one alert a topic and cause, however many messages die of it. An alert that died is
 * a cause of its own.
 */
export function deathAlert(topic: string, messageId: string, reason: string): AlertMessage {
  const which = topic === 'phasegate-alerts' ? messageId : causeOf(reason);
  return {
    run: null,
    key: `dead/${topic}/${which}`.slice(0, LONGEST_KEY),
    text: `a message on ${topic} died (${messageId}): ${reason}`.slice(0, LONGEST_TEXT),
  };
}

/** Tells people that a run cannot be looked after: one alert a cause, however often it is met. */
export function neglectAlert(run: RunId, why: string): AlertMessage {
  return {
    run: null,
    key: `${run}/unreconciled/${causeOf(why)}`.slice(0, LONGEST_KEY),
    text: `run ${run} cannot be looked after: ${why}`.slice(0, LONGEST_TEXT),
  };
}

/** What somebody brought along, in quotes or as a number, is no part of the cause. */
export function causeOf(reason: string): string {
  return reason.replaceAll(/".*"|\d+/gs, '…');
}
