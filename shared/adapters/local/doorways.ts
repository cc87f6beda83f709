import type { Definition } from '../../core/pipeline.ts';
import { checkedRequest } from '../../core/request.ts';
import { requestHash } from '../../edge/request-hash.ts';
import {
  readAlert,
  readGateRequested,
  readJobFinished,
  readLaunchRequested,
  readStart,
} from '../../edge/wire.ts';
import type { World } from '../../ports/world.ts';
import { askRun } from '../../shell/ask-run.ts';
import { cancelLaunch } from '../../shell/cancel-launch.ts';
import { launchTable } from '../../shell/launch-table.ts';
import { recordJob } from '../../shell/record-job.ts';
import { runGate } from '../../shell/run-gate.ts';
import { startRun } from '../../shell/start-run.ts';
import type { LocalBus } from './local-bus.ts';
import { today } from './today.ts';

/** Connects every topic with what it is for: parse, call one function of the shell, end. */
export function openDoorways(bus: LocalBus, world: World, definition: Definition): void {
  bus.subscribe('phasegate-start', async ({ messageId, data }) => {
    const message = readStart(data);
    if ('asking' in message) return askRun(world, messageId, message.asking);
    const { pipeline } = definition;
    const request = checkedRequest(pipeline, message.start.request, today(pipeline.timeZone));
    const start = { ...message.start, request };
    await startRun(world, definition, messageId, requestHash(request), start);
  });
  bus.subscribe('phasegate-job-finished', ({ data }) => recordJob(world, readJobFinished(data)));
  bus.subscribe('phasegate-gate-requested', ({ data }) => runGate(world, readGateRequested(data)));
  bus.subscribe('phasegate-launch-requested', ({ data }) => {
    const message = readLaunchRequested(data);
    return 'cancel' in message ? cancelLaunch(world, message) : launchTable(world, message);
  });
  bus.subscribe('phasegate-alerts', async ({ data }) => {
    const { key, text } = readAlert(data);
    await world.notifier.tell(key, text);
  });
}
