import { type AlertRules, QUIET_HOURS, routesToAll } from '../../core/alerts/alert-rules.ts';
import { readChannels } from '../../edge/channel-addresses.ts';
import type { CloudConfig } from '../../edge/cloud-config.ts';
import type { Notifier } from '../../ports/world.ts';
import { peopleNotifier } from '../../shell/tell-people.ts';
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
  { project }: Pick<CloudConfig, 'project'>,
  rules: AlertRules | null,
  { alerts, now }: Pick<CloudWorld, 'alerts' | 'now'>,
  log: Log,
): Notifier {
  const addresses = readChannels(environment, rules);
  return peopleNotifier({
    channels: openChannels(addresses, logChannel(log), logLink(project)),
    always: [],
    routes: rules?.routes ?? routesToAll(addresses.map(({ name }) => name)),
    quietHours: rules?.quietHours ?? QUIET_HOURS,
    memory: alerts,
    now,
    claimMs: CLAIM_MS,
    onRefusal: (channel, why) => log('ERROR', 'channel-failed', `${channel}: ${why}`),
  });
}
