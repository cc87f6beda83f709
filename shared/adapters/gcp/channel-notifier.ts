import type { Channels } from '../../edge/cloud-config.ts';
import type { Notifier } from '../../ports/world.ts';
import type { Channel } from './channel.ts';
import type { Told } from './firestore-alerts.ts';
import { mailChannel } from './mail.ts';
import { slackChannel } from './slack.ts';

/**
 * Tells people through every channel there is, a key once. What a channel did not take is told again by the next
 * delivery, and then the others hear it twice: twice is better than never.
 */
export function channelNotifier(
  { slackWebhook, smtp }: Channels,
  told: Told,
  now: () => string,
): Notifier {
  const channels: readonly Channel[] = [
    ...(slackWebhook === null ? [] : [slackChannel(slackWebhook)]),
    ...(smtp === null ? [] : [mailChannel(smtp)]),
  ];
  return {
    async tell(key, text) {
      if (await told.knows(key)) return;
      const sent = await Promise.allSettled(channels.map((channel) => channel(text)));
      const failed = sent.find((each) => each.status === 'rejected');
      if (failed !== undefined) throw failed.reason;
      await told.keep(key, text, now());
    },
  };
}
