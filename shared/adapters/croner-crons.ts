import { Cron } from 'croner';
import type { Crons, CronTime } from '../ports/crons.ts';

/** https://croner.56k.guru; no timer is ever started. */
export const cronerCrons: Crons = {
  lastDue: (time, at) => written(read(time).previousRuns(1, new Date(Date.parse(at) + 1))[0]),
  nextDue: (time, at) => written(read(time).nextRun(new Date(at))),
};

function read({ cron, timeZone }: CronTime): Cron {
  return new Cron(cron, { timezone: timeZone, paused: true, mode: '5-part' });
}

function written(due: Date | null | undefined) {
  return due?.toISOString() ?? null;
}
