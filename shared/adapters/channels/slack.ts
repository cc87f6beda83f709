import { PhasegateError } from '../../core/errors.ts';
import type { Channel } from '../../ports/channel.ts';
import type { LinksOf } from './alert-links.ts';
import { slackMessage } from './slack-blocks.ts';

const ANSWER_MS = 10_000;

/** Slack's own refusals are words such as `no_service`; any other text may repeat the address, which is secret. */
const WORD = /^[a-z_]{1,40}$/;

/**
 * An incoming webhook: https://docs.slack.dev/messaging/sending-messages-using-incoming-webhooks.
 *
 * @param linksOf where more of an alert is
 */
export function slackChannel(webhook: string, linksOf: LinksOf): Channel {
  return {
    async say(alert) {
      let why: string;
      try {
        const response = await fetch(webhook, {
          method: 'POST',
          headers: { 'content-type': 'application/json' },
          body: JSON.stringify(slackMessage(alert, linksOf(alert))),
          signal: AbortSignal.timeout(ANSWER_MS),
        });
        if (response.ok) return;
        const said = (await response.text()).trim();
        why = WORD.test(said) ? `${response.status} ${said}` : `${response.status}`;
      } catch (error) {
        why = nameOf(error);
      }
      throw new PhasegateError('unavailable', `Slack took no message: ${why}`);
    },
  };
}

/** What went wrong, and nothing of where: messages and other fields hold the address. */
function nameOf(error: unknown): string {
  if (!(error instanceof Error)) return 'no answer';
  const { cause } = error;
  return cause instanceof Error && 'code' in cause ? String(cause.code) : error.name;
}
