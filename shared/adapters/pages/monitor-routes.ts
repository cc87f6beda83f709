import { expectedTriggers } from '../../core/monitor/expected-triggers.ts';
import type { Monitor } from '../../core/monitor/monitor.ts';
import { triggerFindings } from '../../core/monitor/trigger-findings.ts';
import { monitorPage } from '../../page/monitor-view.ts';
import { monitorsPage, type Schedules, type WatchedMonitor } from '../../page/monitors-view.ts';
import { readReadiness } from '../../shell/read-readiness.ts';
import type { PagePlace, PageRoute } from './page-route.ts';
import { reading } from './reading.ts';

export const MONITORS_ROUTE: PageRoute = {
  path: /^\/monitors$/,
  async page(place) {
    const { warehouse, now, definitionNow, world } = place;
    const { pipeline } = definitionNow();
    const at = now();
    const [monitors, schedules, readiness] = await Promise.all([
      Promise.all(pipeline.monitors.map((monitor) => watched(place, monitor))),
      reading(() => schedulesOf(place)),
      reading(() => readReadiness(warehouse, pipeline, `page-ready-${at.slice(0, 10)}`, at)),
    ]);
    return monitorsPage({ pipeline, monitors, schedules, readiness, world });
  },
};

export const MONITOR_ROUTE: PageRoute = {
  path: /^\/monitors\/([^/]+)$/,
  async page(place, [asked]) {
    const { definitionNow, world } = place;
    const { monitors, timeZone } = definitionNow().pipeline;
    const monitor = monitors.find(({ name }) => name === asked);
    return monitor === undefined
      ? null
      : monitorPage(await watched(place, monitor), timeZone, world);
  },
};

async function watched(
  { monitors, crons, now }: PagePlace,
  monitor: Monitor,
): Promise<WatchedMonitor> {
  const read = await reading(async () => (await monitors.load(monitor.name)).state);
  return { monitor, read, nextDue: crons.nextDue(monitor, now()) };
}

/** Those of the monitors; what else is expected in the cloud is judged by the monitor of schedules alone. */
async function schedulesOf({
  scheduler,
  crons,
  now,
  definitionNow,
}: PagePlace): Promise<Schedules> {
  const triggers = await scheduler.list();
  const expected = expectedTriggers(definitionNow().pipeline);
  const wrong = triggerFindings(expected, triggers, crons.lastDue, 'error', now());
  return { triggers, wrong };
}
