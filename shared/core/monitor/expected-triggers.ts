import type { Pipeline } from '../pipeline.ts';

/** A call on a schedule that has to exist, and what it says. */
export type ExpectedTrigger = Readonly<{
  name: string;
  cron: string;
  timeZone: string;
  /** The topic on which it publishes `body`; null: it calls a function itself. */
  topic: 'phasegate-monitor-due' | null;
  body: string;
}>;

export const monitorTrigger = (monitor: string) => `monitor-${monitor}`;

/** One for each monitor, as infra makes them of the same file. */
export function expectedTriggers({
  name: pipeline,
  monitors,
}: Pipeline): readonly ExpectedTrigger[] {
  return monitors.map(({ name, cron, timeZone }) => ({
    name: monitorTrigger(name),
    cron,
    timeZone,
    topic: 'phasegate-monitor-due',
    body: JSON.stringify({ monitor: name, pipeline }),
  }));
}
