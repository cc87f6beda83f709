import type { AlertMessage } from '../messages.ts';
import type { AlertSeverity } from '../monitor/monitor.ts';

/** A way to people. `secret` names the environment variable that holds its address. */
export type AlertChannel = Readonly<{ name: string }> &
  (
    | Readonly<{ by: 'slack'; secret: string }>
    /** `to` null: whoever the deployment names. */
    | Readonly<{ by: 'mail'; secret: string; to: readonly string[] | null }>
    | Readonly<{ by: 'console' }>
  );

/** What a pipeline says of its alerts. */
export type AlertRules = Readonly<{
  channels: readonly AlertChannel[];
  /** Names of channels, by how loud an alert is. */
  routes: Readonly<Record<AlertSeverity, readonly string[]>>;
  /** A cause that was told is not told again within so many hours, but that it became louder or is over. */
  quietHours: number;
}>;

export const QUIET_HOURS = 4;

export const quietMsOf = (rules: Pick<AlertRules, 'quietHours'> | null) =>
  (rules?.quietHours ?? QUIET_HOURS) * 3_600_000;

/** Every alert through every channel. */
export function routesToAll(names: readonly string[]): AlertRules['routes'] {
  return { info: names, warning: names, error: names, critical: names };
}

/** Of the channels that are there those that an alert goes through; all of them where its own are not there. */
export function channelsOf(
  routes: AlertRules['routes'],
  there: readonly string[],
  { channel, severity = 'error', isTest = false }: AlertMessage,
): readonly string[] {
  if (isTest) return there;
  if (channel !== undefined && there.includes(channel)) return [channel];
  const routed = routes[severity].filter((name) => there.includes(name));
  return routed.length === 0 ? there : routed;
}
