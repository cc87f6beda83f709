import type { AlertMessage } from '../../core/messages.ts';
import type { OpenedBy } from '../../edge/channel-addresses.ts';
import type { Channel } from '../../ports/channel.ts';
import { mailChannel } from './mail.ts';
import { slackChannel } from './slack.ts';

/**
 * Channels by their names. Nothing is connected before the first message.
 *
 * @param console what is said to whoever looks
 * @param linkOf where more of an alert is; null: nowhere
 */
export function openChannels(
  addresses: readonly OpenedBy[],
  console: Channel,
  linkOf: (alert: AlertMessage) => string | null = () => null,
): Readonly<Record<string, Channel>> {
  const open = (channel: OpenedBy): Channel => {
    switch (channel.by) {
      case 'slack':
        return slackChannel(channel.webhook, linkOf);
      case 'mail':
        return mailChannel(channel, linkOf);
      case 'console':
        return console;
    }
  };
  return Object.fromEntries(addresses.map((channel) => [channel.name, open(channel)]));
}
