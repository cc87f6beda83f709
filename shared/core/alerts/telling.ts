import type { AlertMessage } from '../messages.ts';

/** What a channel took of one cause. */
export type Told = Readonly<{
  /** Of alerts, the latest first. */
  keys: readonly string[];
  /** When it took the last one; null: none yet. */
  toldAt: string | null;
  /** Since when somebody is at it; null: nobody. */
  claimedAt: string | null;
}>;

const KEPT_KEYS = 20;

/** Whether to tell: `told` this very alert, `quiet` another one of its cause a while ago, `busy` somebody is at it. */
export type Leave = 'tell' | 'told' | 'quiet' | 'busy';

/** What alerts are known by: one cause is told once in a while, however many alerts there are of it. */
export const causeOf = ({ key, cause }: Pick<AlertMessage, 'key' | 'cause'>) => cause ?? key;

/**
 * @param quietMs how long a cause is quiet after it was told
 * @param claimMs how long somebody may be at it, before another one tells it
 */
export function leaveToTell(
  told: Told | null,
  alert: Pick<AlertMessage, 'key' | 'cause'>,
  now: string,
  { quietMs, claimMs }: Readonly<{ quietMs: number; claimMs: number }>,
): Leave {
  if (told === null) return 'tell';
  const isWithin = (instant: string | null, milliseconds: number) =>
    instant !== null && Math.abs(Date.parse(now) - Date.parse(instant)) < milliseconds;
  if (told.keys.includes(alert.key) && causeOf(alert) !== alert.key) return 'told';
  if (isWithin(told.toldAt, quietMs)) return told.keys.includes(alert.key) ? 'told' : 'quiet';
  return isWithin(told.claimedAt, claimMs) ? 'busy' : 'tell';
}

export const claimed = (told: Told | null, now: string): Told => ({
  keys: [],
  toldAt: null,
  ...told,
  claimedAt: now,
});

export const refused = (claim: Told): Told => ({ ...claim, claimedAt: null });

export const taken = ({ keys }: Told, key: string, now: string): Told => ({
  keys: [key, ...keys.filter((each) => each !== key)].slice(0, KEPT_KEYS),
  toldAt: now,
  claimedAt: null,
});
