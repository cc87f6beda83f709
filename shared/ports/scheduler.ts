import type { SchedulePause } from '../core/monitor/schedule-pause.ts';
import type { Trigger } from '../core/monitor/trigger-findings.ts';

/**
 * Calls us on a schedule: Cloud Scheduler in the cloud, timers on one machine. A trigger is called by its name without
 * prefix and environment.
 *
 * Any method may throw PhasegateError `unavailable`; those with a name throw `not-found` where there is none.
 */
export interface Scheduler {
  /** Every trigger of this system, by name. */
  list(): Promise<readonly Trigger[]>;

  /** It calls no more until it is resumed. Pausing what is paused keeps the new reason. */
  pause(name: string, pause: SchedulePause): Promise<void>;

  /** Resuming what is not paused is fine. */
  resume(name: string): Promise<void>;

  /** It calls now, once more than it would, also while it is paused. */
  run(name: string): Promise<void>;
}
