import type { AlertMessage } from './messages.ts';

const LONGEST_KEY = 400;

/**
 * Tells people that a message died: one alert a topic and cause, however many messages die of it. What a message
 * itself brought along, in quotes or as a number, is no part of the cause. An alert that died is a cause of its own.
 */
export function deathAlert(topic: string, messageId: string, reason: string): AlertMessage {
  const cause = reason.replaceAll(/".*"|\d+/gs, '…');
  const which = topic === 'phasegate-alerts' ? messageId : cause;
  return {
    run: null,
    key: `dead/${topic}/${which}`.slice(0, LONGEST_KEY),
    text: `a message on ${topic} died (${messageId}): ${reason}`.slice(0, 2000),
  };
}
