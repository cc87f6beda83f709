import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { slackChannel } from '../../shared/adapters/channels/slack.ts';
import type { AlertMessage } from '../../shared/core/messages.ts';
import type { AlertMemory } from '../../shared/ports/alert-memory.ts';
import { peopleNotifier } from '../../shared/shell/tell-people.ts';

const CLAIM_MS = 120_000;
const QUIET_HOURS = 4;
const ROUTES = {
  info: ['chat'],
  warning: ['chat'],
  error: ['chat', 'mail'],
  critical: ['chat', 'mail'],
};

/**
 * People who are told as in the cloud: through a chat's webhook, which may answer 404, and for what is loud by mail as well.
 *
 * @param onHeard told of every alert that came through, once a channel
 */
export async function openPeople(
  memory: AlertMemory,
  now: () => string,
  onHeard: (alert: AlertMessage) => void,
) {
  let isGone = false;
  const server = createServer((request, response) => {
    request.resume();
    response.writeHead(isGone ? 404 : 200).end(isGone ? 'no_service' : 'ok');
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  const webhook = slackChannel(`http://127.0.0.1:${port}/`, () => []);
  const notifier = peopleNotifier({
    channels: {
      chat: {
        async say(alert) {
          await webhook.say(alert);
          onHeard(alert);
        },
      },
      mail: { say: async (alert) => onHeard(alert) },
    },
    always: [],
    routes: ROUTES,
    quietHours: QUIET_HOURS,
    memory,
    now,
    claimMs: CLAIM_MS,
    onRefusal: () => undefined,
  });
  return {
    notifier,
    /** The webhook answers 404 from now on, or is there again. */
    webhookGone(is: boolean) {
      isGone = is;
    },
    close: () => new Promise((resolve) => server.close(resolve)),
  };
}
