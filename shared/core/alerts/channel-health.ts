import type { AlertMessage } from '../messages.ts';

/** Whether a channel takes messages, as the last one through it showed. */
export type ChannelHealth = Readonly<{
  /** Null: it takes them. */
  failedSince: string | null;
  why: string;
  /** Whether another channel was told that it fails. */
  isTold: boolean;
}>;

export const HEALTHY: ChannelHealth = { failedSince: null, why: '', isTold: false };

/** What is told through other channels of one that takes no message: again after the quiet hours, while it lasts. */
export function failedAlert(
  channel: string,
  { failedSince, why }: ChannelHealth,
  unheard: string,
  now: string,
): AlertMessage {
  const title = `alert channel ${channel} takes no messages: ${why}`;
  const lines = [
    `not said there: ${unheard}`,
    'each alert is offered 12 times, then kept as a dead letter of phasegate-alerts',
  ];
  const next = `mend the address of ${channel}, then send the dead letters again`;
  return {
    run: null,
    key: `channel/${channel}/failed/${now}`,
    cause: `channel/${channel}/failed`,
    severity: 'critical',
    text: [title, `since ${failedSince}`, ...lines, `next: ${next}`].join('\n'),
    parts: { title, about: `channel ${channel}`, since: failedSince, lines, next },
  };
}

export function recoveredAlert(channel: string, { failedSince }: ChannelHealth): AlertMessage {
  const title = `alert channel ${channel} takes messages again`;
  return {
    run: null,
    key: `channel/${channel}/recovered/${failedSince}`,
    severity: 'info',
    text: `${title} (failed since ${failedSince})`,
    parts: { title, about: `channel ${channel}`, since: failedSince, lines: [], next: null },
  };
}
