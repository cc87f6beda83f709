import type { Definition } from '../core/pipeline.ts';
import { checkedRequest } from '../core/request.ts';
import { dayAt } from '../core/time-zone.ts';
import { requestHash } from '../edge/request-hash.ts';
import {
  readAlert,
  readGateRequested,
  readJobFinished,
  readLaunchRequested,
  readStart,
} from '../edge/wire.ts';
import type { Handler, Topic } from '../ports/bus.ts';
import type { World } from '../ports/world.ts';
import { askRun } from '../shell/ask-run.ts';
import { cancelLaunch } from '../shell/cancel-launch.ts';
import { launchTable } from '../shell/launch-table.ts';
import { recordJob } from '../shell/record-job.ts';
import { runGate } from '../shell/run-gate.ts';
import { startRun } from '../shell/start-run.ts';

/** Every topic but that of monitors, who stand beside runs. */
export type TopicOfRuns = Exclude<Topic, 'phasegate-monitor-due'>;

/**
 * What each topic of runs is for: parse, call one function of the shell, end.
 *
 * @param definitionNow what a run is started with; asked for at each start
 */
export function handlersOf(
  world: World,
  definitionNow: () => Definition,
): Readonly<Record<TopicOfRuns, Handler>> {
  return {
    async 'phasegate-start'({ messageId, data }) {
      const message = readStart(data);
      if ('asking' in message) return askRun(world, messageId, message.asking);
      const definition = definitionNow();
      const { pipeline } = definition;
      const today = dayAt(world.now(), pipeline.timeZone);
      const request = checkedRequest(pipeline, message.start.request, today);
      const start = { ...message.start, request };
      await startRun(world, definition, messageId, requestHash(request), start);
    },
    'phasegate-job-finished': ({ data }) => recordJob(world, readJobFinished(data)),
    'phasegate-gate-requested': ({ data }) => runGate(world, readGateRequested(data)),
    'phasegate-launch-requested'({ data }) {
      const message = readLaunchRequested(data);
      return 'cancel' in message ? cancelLaunch(world, message) : launchTable(world, message);
    },
    'phasegate-alerts': ({ data }) => world.notifier.tell(readAlert(data)),
  };
}
