import { formatDaySet } from '../../core/day-set.ts';
import type { LaunchId } from '../../core/ids.ts';
import type { Launch } from '../../ports/job-runner.ts';
import type { Overrides } from './cloud-run-api.ts';

/** Cloud Run takes 32 KB a variable; https://cloud.google.com/run/docs/configuring/jobs/environment-variables. */
const MAX_DAYS_BYTES = 16_384;

export type JobSettings = Readonly<{
  /** What every job finds beside its launch: PHASEGATE_PROJECT, PHASEGATE_LOCATION, PHASEGATE_API. */
  environment: Readonly<Record<string, string>>;
  /** How long the job of a launch may take; without it Cloud Run ends it after 10 minutes. */
  timeoutMsOf: (launch: Launch) => Promise<number>;
  /** Keeps a list of days that is too long for the environment; keeping it twice is fine. Returns where a job finds it. */
  keepDays: (launch: LaunchId, text: string) => Promise<string>;
}>;

/** What tells an execution whose work it is, under the job contract of `docs/jobs.md`. */
export async function overridesOf(
  settings: JobSettings,
  launch: Launch,
  container: string,
): Promise<Overrides> {
  const days = formatDaySet(launch.days).join(',');
  const environment: Readonly<Record<string, string>> = {
    ...settings.environment,
    PHASEGATE_RUN: launch.run,
    PHASEGATE_LAUNCH: launch.id,
    PHASEGATE_TABLE: launch.table,
    PHASEGATE_DEFINITION: launch.definition,
    SKIP_DOWNSTREAM_TRIGGER: 'true',
    ...(days.length <= MAX_DAYS_BYTES
      ? { PHASEGATE_DAYS: days }
      : { PHASEGATE_DAYS_URI: await settings.keepDays(launch.id, days) }),
  };
  const env = Object.entries(environment).map(([name, value]) => ({ name, value }));
  const seconds = Math.ceil((await settings.timeoutMsOf(launch)) / 1000);
  return {
    containerOverrides: [{ ...(container === '' ? {} : { name: container }), env }],
    timeout: { seconds },
  };
}
