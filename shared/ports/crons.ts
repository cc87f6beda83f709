import type { Instant } from '../core/run.ts';

/** When something is due: five cron fields, and the zone whose clocks they mean. */
export type CronTime = Readonly<{ cron: string; timeZone: string }>;

/**
 * Reads crons. A time that a night skips is due when its clocks have moved on; one that a night repeats is due once, unless
 * the cron names every hour.
 */
export interface Crons {
  /** The last time at or before `at` at which it was due; null where it never was. */
  lastDue(time: CronTime, at: Instant): Instant | null;

  /** The first time after `at` at which it is due; null where it never is. */
  nextDue(time: CronTime, at: Instant): Instant | null;
}
