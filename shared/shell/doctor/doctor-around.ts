import { channelTestLine, deadLettersLine } from '../../core/doctor/alerts.ts';
import { type DoctorLine, lineOf } from '../../core/doctor/doctor-line.ts';
import { runsLine } from '../../core/doctor/runs.ts';
import { schedulesLine } from '../../core/doctor/schedules.ts';
import { expectedTriggers } from '../../core/monitor/expected-triggers.ts';
import { triggerFindings } from '../../core/monitor/trigger-findings.ts';
import type { Pipeline } from '../../core/pipeline.ts';
import type { Crons } from '../../ports/crons.ts';
import type { Monitoring } from '../../ports/monitoring.ts';
import type { RunStore } from '../../ports/run-store.ts';
import type { Scheduler } from '../../ports/scheduler.ts';
import { observeChannels } from '../observe-channels.ts';
import { attempt } from './attempt.ts';

/** @param silent whether calls that were not made count: timers of a world that nobody runs make none */
export async function doctorSchedules(
  scheduler: Pick<Scheduler, 'list'>,
  pipeline: Pipeline,
  crons: Crons,
  now: string,
  silent: boolean,
): Promise<DoctorLine> {
  const expected = expectedTriggers(pipeline);
  const found = await attempt(() => scheduler.list());
  const lastDue = silent ? crons.lastDue : () => null;
  return lineOf('schedules', found, (triggers) =>
    schedulesLine(expected.length, triggerFindings(expected, triggers, lastDue, 'error', now)),
  );
}

/** @param isCarried whether a process carries runs on now */
export async function doctorRuns(runs: RunStore, isCarried: boolean): Promise<DoctorLine> {
  const states = await attempt(async () => {
    const all = await Promise.all((await runs.unfinished()).map((run) => runs.state(run)));
    return all.flatMap((state) => (state === null ? [] : [state]));
  });
  return lineOf('runs', states, (all) => runsLine(all, isCarried));
}

/** Messages that died, and what became of the last test of the channels; sends none. */
export async function doctorAlerts(
  monitoring: Pick<Monitoring, 'dead' | 'alerts' | 'monitors' | 'now' | 'testMs'>,
  pipeline: Pipeline,
): Promise<readonly DoctorLine[]> {
  const piles = await attempt(() => monitoring.dead.piles());
  const monitor = pipeline.monitors.find(({ judges }) => judges.what === 'channels');
  const test = await attempt(async () => {
    if (monitor === undefined) return null;
    const { sent } = (await monitoring.monitors.load(monitor.name)).state;
    return observeChannels(monitoring, monitor, sent === undefined ? {} : { sent });
  });
  return [
    lineOf('dead-letters', piles, deadLettersLine),
    lineOf('channel-test', test, channelTestLine),
  ];
}
