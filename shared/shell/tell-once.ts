import { toldId } from '../core/alerts/alert-record.ts';
import {
  causeOf,
  claimed,
  type Leave,
  leaveToTell,
  refused,
  type Told,
  taken,
} from '../core/alerts/telling.ts';
import { isKind, PhasegateError } from '../core/errors.ts';
import type { AlertMessage } from '../core/messages.ts';
import type { AlertMemory } from '../ports/alert-memory.ts';
import type { Channel } from '../ports/channel.ts';

export type Telling = Readonly<{
  channels: Readonly<Record<string, Channel>>;
  memory: AlertMemory;
  now: () => string;
  quietMs: number;
  claimMs: number;
}>;

/** What became of an alert at a channel: `tell` it took it now. `why` is empty but for `refused` and `busy`. */
export type End = Readonly<{ name: string; end: Leave | 'refused'; why: string }>;

/**
 * Says an alert through a channel, unless its cause was said there a while ago or another instance is at it.
 *
 * @throws PhasegateError `unavailable` when it cannot be remembered
 */
export async function tellOnce(
  { channels, memory, now, quietMs, claimMs }: Telling,
  name: string,
  alert: AlertMessage,
): Promise<End> {
  const id = toldId(name, causeOf(alert));
  const { version, record } = await memory.load(id);
  const told = record?.what === 'told' ? record : null;
  const end = leaveToTell(told, alert, now(), { quietMs, claimMs });
  const busy = {
    name,
    end: 'busy',
    why: `another instance tells ${name} of ${alert.key}`,
  } as const;
  if (end === 'busy') return busy;
  if (end !== 'tell') return { name, end, why: '' };
  const claim: Told = claimed(told, now());
  const keep = (expected: number, kept: Told) =>
    memory.commit(id, expected, { ...kept, what: 'told' }, now());
  try {
    await keep(version, claim);
  } catch (error) {
    if (isKind(error, 'conflict')) return busy;
    throw error;
  }
  try {
    const channel = channels[name];
    if (channel === undefined) throw new PhasegateError('bug', `there is no channel ${name}`);
    await channel.say(alert);
  } catch (error) {
    // Where this cannot be kept, the claim ends by itself.
    await keep(version + 1, refused(claim)).catch(() => undefined);
    return { name, end: 'refused', why: error instanceof Error ? error.message : String(error) };
  }
  try {
    await keep(version + 1, taken(claim, alert.key, now()));
  } catch (error) {
    // Somebody took this instance for dead, and tells it as well.
    if (!isKind(error, 'conflict')) throw error;
  }
  return { name, end, why: '' };
}
