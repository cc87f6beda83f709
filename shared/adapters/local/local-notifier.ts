import { appendFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { type AlertRules, QUIET_HOURS, routesToAll } from '../../core/alerts/alert-rules.ts';
import { commandsInWorld, DEFAULT_WORLD } from '../../core/view/in-world.ts';
import { readChannels } from '../../edge/channel-addresses.ts';
import type { AlertMemory } from '../../ports/alert-memory.ts';
import type { Channel } from '../../ports/channel.ts';
import type { Notifier } from '../../ports/world.ts';
import { peopleNotifier } from '../../shell/tell-people.ts';
import { type LinksOf, linkLines, pageLink } from '../channels/alert-links.ts';
import { openChannels } from '../channels/open-channels.ts';

/** As long as a channel may take; a message is offered for longer before it dies. */
const CLAIM_MS = 30_000;
/** No channel of a pipeline has a blank in its name. */
const CONSOLE = 'this console';

export type LocalPeople = Readonly<{
  directory: string;
  /** Where addresses of channels may be. */
  environment: Readonly<Record<string, string | undefined>>;
  rules: AlertRules | null;
  memory: AlertMemory;
  now: () => string;
  onPage: (text: string) => void;
  /** The address of this world's page, without a slash at its end; null: nobody serves one. */
  page: () => string | null;
}>;

/** As commands name the world of a directory. */
function worldIn(directory: string): string {
  return directory === resolve(DEFAULT_WORLD.slice('local:'.length))
    ? DEFAULT_WORLD
    : `local:${directory}`;
}

/**
 * Tells every alert to whoever listens, and in a log file; and through the channels of the pipeline whose address the
 * environment has.
 *
 * @throws PhasegateError `invalid-input` for an address that is there and wrong
 */
export function localNotifier(people: LocalPeople): Notifier {
  const { directory, environment, rules, memory, now, onPage } = people;
  const addresses = readChannels(environment, rules, 'left-out').filter(
    ({ by }) => by !== 'console',
  );
  const linksOf: LinksOf = (alert) => pageLink(people.page())(alert);
  const here: Channel = {
    async say(alert) {
      const said = commandsInWorld(alert.text, worldIn(directory));
      const text = [said, ...linkLines(linksOf(alert))].join('\n');
      appendFileSync(join(directory, 'pages.log'), `${now()} ${text}\n`);
      onPage(text);
    },
  };
  return peopleNotifier({
    channels: { [CONSOLE]: here, ...openChannels(addresses, here, linksOf) },
    always: [CONSOLE],
    routes: rules?.routes ?? routesToAll(addresses.map(({ name }) => name)),
    quietHours: rules?.quietHours ?? QUIET_HOURS,
    memory,
    now,
    claimMs: CLAIM_MS,
    onRefusal: () => undefined,
  });
}
