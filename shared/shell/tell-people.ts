import { partsOf } from '../core/alerts/alert-parts.ts';
import { testedId } from '../core/alerts/alert-record.ts';
import { type AlertRules, channelsOf, quietMsOf } from '../core/alerts/alert-rules.ts';
import { PhasegateError } from '../core/errors.ts';
import type { AlertMessage } from '../core/messages.ts';
import type { AlertMemory } from '../ports/alert-memory.ts';
import type { Channel } from '../ports/channel.ts';
import type { Notifier } from '../ports/world.ts';
import { healthKeeper } from './channel-health.ts';
import { type End, type Telling, tellOnce } from './tell-once.ts';

/** Who is told through what, and what is remembered of it. */
export type People = Readonly<{
  channels: Readonly<Record<string, Channel>>;
  /** Channels that hear everything, whatever the routes say. */
  always: readonly string[];
  routes: AlertRules['routes'];
  quietHours: number;
  memory: AlertMemory;
  now: () => string;
  /** So long another instance may be at a message of a cause; longer than a channel may take. */
  claimMs: number;
  /** Told of each refusal of a channel, whoever else hears of it. */
  onRefusal: (channel: string, why: string) => void;
}>;

/**
 * Tells people through the channels of an alert, a cause once in the quiet hours a channel. What a channel did not take it
 * alone is offered again by the next delivery, and another channel is told that it fails. An alert that none of its own
 * took goes through any other. A channel that took it, without that being kept, says it twice: twice is better than never.
 */
export function peopleNotifier(people: People): Notifier {
  const { channels, always, routes, memory, now, claimMs } = people;
  const names = Object.keys(channels);
  const through = (alert: AlertMessage, there: readonly string[]) => [
    ...there.filter((name) => always.includes(name)),
    ...channelsOf(
      routes,
      there.filter((name) => !always.includes(name)),
      alert,
    ),
  ];
  const telling: Telling = { channels, memory, now, claimMs, quietMs: quietMsOf(people) };
  const offer = (alert: AlertMessage, some: readonly string[]) =>
    eachEnd(some.map((name) => tellOnce(telling, name, alert)));
  const others = async (alert: AlertMessage, but: readonly string[]) => {
    const left = names.filter((name) => !but.includes(name));
    const own = through({ ...alert, severity: 'critical' }, left);
    const rest = left.filter((name) => !own.includes(name));
    const ends = await offer(alert, own);
    const last = ends.every(({ end }) => end === 'refused') ? await offer(alert, rest) : ends;
    return last.some(({ end }) => end !== 'refused' && end !== 'quiet');
  };
  const health = healthKeeper({ memory, now, others });
  return {
    async tell(alert) {
      const wanted = through(alert, names);
      if (alert.isTest === true) await keepTest(people, alert, wanted);
      const ends = await offer(alert, wanted);
      const failed = ends.flatMap(({ name, end, why }) =>
        end === 'refused' ? [{ name, why }] : [],
      );
      const but = failed.map(({ name }) => name);
      for (const { name, why } of failed) {
        people.onRefusal(name, why);
        await health.failed(name, why, partsOf(alert).title, but);
      }
      if (failed.length === wanted.length && alert.isTest !== true) await others(alert, wanted);
      for (const { name, end } of ends) if (end === 'tell') await health.took(name);
      const undone = ends.find(({ end }) => end === 'refused' || end === 'busy');
      if (undone !== undefined) throw new PhasegateError('unavailable', undone.why);
    },
  };
}

/** Waits for all of them, then throws what one of them threw. */
async function eachEnd(all: readonly Promise<End>[]): Promise<readonly End[]> {
  const settled = await Promise.allSettled(all);
  return settled.map((each) => {
    if (each.status === 'rejected') throw each.reason;
    return each.value;
  });
}

async function keepTest(
  { memory, now }: People,
  { key }: AlertMessage,
  channels: readonly string[],
): Promise<void> {
  const { version, record } = await memory.load(testedId(key));
  if (record !== null) return;
  await memory.commit(testedId(key), version, { what: 'tested', channels }, now());
}
