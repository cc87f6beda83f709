import type { OpenedBy } from '../../edge/channel-addresses.ts';
import type { Channel } from '../../ports/channel.ts';
import { type LinksOf, NO_LINKS } from './alert-links.ts';
import { mailChannel } from './mail.ts';
import { slackChannel } from './slack.ts';

/**
 * Channels by their names. Nothing is connected before the first message.
 *
 * @param console what is said to whoever looks
 * @param linksOf where more of an alert is
 */
export function openChannels(
  addresses: readonly OpenedBy[],
  console: Channel,
  linksOf: LinksOf = NO_LINKS,
): Readonly<Record<string, Channel>> {
  const open = (channel: OpenedBy): Channel => {
    switch (channel.by) {
      case 'slack':
        return slackChannel(channel.webhook, linksOf);
      case 'mail':
        return mailChannel(channel, linksOf);
      case 'console':
        return console;
    }
  };
  return Object.fromEntries(addresses.map((channel) => [channel.name, open(channel)]));
}
