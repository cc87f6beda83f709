import type { AlertRules } from './alerts/alert-rules.ts';
import { ALERT_SEVERITIES, type AlertSeverity } from './monitor/monitor.ts';
import type { Pipeline } from './pipeline.ts';
import type { Problem } from './problem.ts';

/** As loud as this, somebody must be reached, and nobody reads a console all night. */
const MUST_REACH: readonly AlertSeverity[] = ['error', 'critical'];

/** Everything by which an alert would reach nobody: channels that do not exist, and severities without one. */
export function alertProblems({ alerts, monitors }: Pipeline): readonly Problem[] {
  const names = alerts?.channels.map(({ name }) => name) ?? [];
  const accepted = names.join(', ') || 'none; alerts.channels may declare some';
  const unknown = monitors.flatMap(({ name, channel }, index) =>
    channel === null || names.includes(channel)
      ? []
      : [
          {
            path: ['monitors', index, 'channel'],
            message: `monitor ${name}: channel ${channel} is not in alerts.channels; accepted: ${accepted}`,
          },
        ],
  );
  if (alerts === null) return unknown;
  const routes = ALERT_SEVERITIES.flatMap((severity) =>
    problemsOfRoute(alerts, severity, accepted).map((message) => ({
      path: ['alerts', 'routes', severity],
      message,
    })),
  );
  return [...unknown, ...routes];
}

function problemsOfRoute(
  { channels, routes }: AlertRules,
  severity: AlertSeverity,
  accepted: string,
): readonly string[] {
  const route = routes[severity];
  if (route.length === 0) {
    return [`${severity} has no channel: nobody would hear it; accepted: ${accepted}`];
  }
  const unknown = route
    .filter((name) => channels.every((channel) => channel.name !== name))
    .map((name) => `${severity}: channel ${name} is not there; accepted: ${accepted}`);
  if (unknown.length > 0 || !MUST_REACH.includes(severity)) return unknown;
  const reaches = channels.some(({ name, by }) => route.includes(name) && by !== 'console');
  return reaches ? [] : [`${severity} goes to the console alone: add a channel by slack or mail`];
}
