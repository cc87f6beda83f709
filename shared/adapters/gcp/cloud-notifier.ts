import { type AlertRules, QUIET_HOURS, routesToAll } from '../../core/alerts/alert-rules.ts';
import { readChannels } from '../../edge/channel-addresses.ts';
import type { CloudConfig } from '../../edge/cloud-config.ts';
import type { Notifier } from '../../ports/world.ts';
import { peopleNotifier } from '../../shell/tell-people.ts';
import { pageLink } from '../channels/alert-links.ts';
import { openChannels } from '../channels/open-channels.ts';
import type { Log } from './log.ts';
import { logChannel, logLink } from './log-channel.ts';
import type { CloudWorld } from './world.ts';

/** No handler holds a message for longer, so nobody is at it any more. */
const CLAIM_MS = 120_000;

/**
 * Who is told by `notify`, as the deployed pipeline says.
 *
 * @throws PhasegateError `invalid-input` listing all that is wrong with the addresses of channels
 */
export function cloudNotifier(
  environment: Readonly<Record<string, string | undefined>>,
  { project, page }: Pick<CloudConfig, 'project' | 'page'>,
  rules: AlertRules | null,
  { alerts, now }: Pick<CloudWorld, 'alerts' | 'now'>,
  log: Log,
): Notifier {
  const addresses = readChannels(environment, rules);
  const [ofLogs, ofPage] = [logLink(project), pageLink(page)];
  return peopleNotifier({
    channels: openChannels(addresses, logChannel(log, ofPage), (alert) => [
      ...ofPage(alert),
      ...ofLogs(alert),
    ]),
    always: [],
    routes: rules?.routes ?? routesToAll(addresses.map(({ name }) => name)),
    quietHours: rules?.quietHours ?? QUIET_HOURS,
    memory: alerts,
    now,
    claimMs: CLAIM_MS,
    onRefusal: (channel, why) => log('ERROR', 'channel-failed', `${channel}: ${why}`),
  });
}
