import { monitorTrigger } from '../../core/monitor/expected-triggers.ts';
import { hasMissedLook } from '../../core/monitor/missed-look.ts';
import { tablesOfRun } from '../../core/plan.ts';
import { isAtRest, type RunState } from '../../core/run.ts';
import { type LiveRun, nowPage } from '../../page/now-view.ts';
import type { PagePlace, PageRoute } from './page-route.ts';
import { reading } from './reading.ts';

const LOOKED_AT = 20;

export const NOW_ROUTE: PageRoute = {
  path: /^\/$/,
  async page(place) {
    const { runs, monitors, scheduler, crons, now, definitionNow, world } = place;
    const { pipeline } = definitionNow();
    const [newest, watched, triggers] = await Promise.all([
      reading(async () => (await runs.newest(LOOKED_AT)).runs),
      Promise.all(
        pipeline.monitors.map(async (monitor) => ({
          monitor,
          read: await reading(async () => ({
            monitor: monitor.name,
            state: (await monitors.load(monitor.name)).state,
          })),
        })),
      ),
      reading(() => scheduler.list()),
    ]);
    const moving = 'value' in newest ? newest.value.filter(({ status }) => !isAtRest(status)) : [];
    const calls = 'value' in triggers ? triggers.value : [];
    return nowPage({
      timeZone: pipeline.timeZone,
      world,
      runs: newest,
      live: await Promise.all(moving.map((state) => liveRun(place, state))),
      watched: watched.map(({ monitor, read }) => {
        const trigger = calls.find(({ name }) => name === monitorTrigger(monitor.name)) ?? null;
        const lastDue = (at: string) => crons.lastDue(monitor, at);
        const hasMissed =
          'value' in read && hasMissedLook(monitor, read.value.state, lastDue, trigger, now());
        return { monitor: monitor.name, read, hasMissed };
      }),
      looks: pipeline.monitors.map((monitor) => ({
        monitor: monitor.name,
        trigger: monitorTrigger(monitor.name),
        due: crons.nextDue(monitor, now()),
      })),
      triggers,
    });
  },
};

async function liveRun({ pipelineOf }: PagePlace, state: RunState): Promise<LiveRun> {
  const pinned = await reading(() => pipelineOf(state.definition));
  return { state, tables: 'value' in pinned ? tablesOfRun(pinned.value, state.request) : null };
}
