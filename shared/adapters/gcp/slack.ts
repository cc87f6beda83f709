import { PhasegateError } from '../../core/errors.ts';
import type { Channel } from './channel.ts';

const ANSWER_MS = 10_000;

/** An incoming webhook: https://docs.slack.dev/messaging/sending-messages-using-incoming-webhooks. */
export function slackChannel(webhook: string): Channel {
  return async (text) => {
    let why: string;
    try {
      const response = await fetch(webhook, {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify({ text }),
        signal: AbortSignal.timeout(ANSWER_MS),
      });
      if (response.ok) return;
      why = `${response.status} ${(await response.text()).slice(0, 200)}`;
    } catch (error) {
      why = error instanceof Error ? error.name : 'no answer';
    }
    throw new PhasegateError('unavailable', `Slack took no message: ${why}`);
  };
}
