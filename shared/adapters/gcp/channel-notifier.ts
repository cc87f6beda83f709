import type { Channels } from '../../edge/cloud-config.ts';
import type { Notifier } from '../../ports/world.ts';
import type { Channel } from './channel.ts';
import type { Told } from './firestore-alerts.ts';
import { mailChannel } from './mail.ts';
import { slackChannel } from './slack.ts';

/**
 * Tells people through every channel there is, a key once a channel. What one did not take it alone is asked to take again
 * by the next delivery. A channel that took it, without that being written down, says it twice: twice is better than never.
 */
export function channelNotifier(
  { slackWebhook, smtp }: Channels,
  told: Told,
  now: () => string,
): Notifier {
  const channels: Readonly<Record<string, Channel>> = {
    ...(slackWebhook === null ? {} : { slack: slackChannel(slackWebhook) }),
    ...(smtp === null ? {} : { mail: mailChannel(smtp) }),
  };
  const tellOnce = async (name: string, say: Channel, key: string, text: string) => {
    const own = `${name}:${key}`;
    if (await told.knows(own)) return;
    await say(text);
    await told.keep(own, text, now());
  };
  return {
    async tell(key, text) {
      const all = Object.entries(channels).map(([name, say]) => tellOnce(name, say, key, text));
      const failed = (await Promise.allSettled(all)).find((each) => each.status === 'rejected');
      if (failed !== undefined) throw failed.reason;
    },
  };
}
