import { isKind } from '../../core/errors.ts';
import { attemptOf, type LaunchId, parseLaunchId, type TableName } from '../../core/ids.ts';
import type { Instant } from '../../core/run.ts';
import type { CloudRunApi } from './cloud-run-api.ts';
import type { Execution } from './cloud-run-execution.ts';
import type { HeldLease, LaunchLeases } from './cloud-run-leases.ts';
import type { JobSettings } from './cloud-run-overrides.ts';

export type Deadlines = Readonly<{
  /** One call of Cloud Run. */
  callMs: number;
  /** After a call that may have started an execution: when a list that does not show it means that there is none. */
  settleMs: number;
  /** How long one launch waits for another instance, or for an unknown answer to become known. */
  patienceMs: number;
  /** The first pause between two looks; it doubles up to sixteen times as long. */
  pollMs: number;
}>;

export const DEADLINES: Deadlines = {
  callMs: 20_000,
  settleMs: 15_000,
  patienceMs: 50_000,
  pollMs: 250,
};

export type CloudRunTools = Readonly<{
  api: CloudRunApi;
  leases: LaunchLeases;
  jobNameOf: (table: TableName) => string;
  settings: JobSettings;
  deadlines: Deadlines;
  now: () => Instant;
}>;

/** Clocks differ, and a lease that was lost is younger than what began under it. */
const SLACK_MS = 86_400_000;

/** All executions that were begun for a launch, the newest first. */
export async function executionsOf(
  { api }: CloudRunTools,
  { launch, lease }: HeldLease,
): Promise<readonly Execution[]> {
  const found: Execution[] = [];
  const since = Date.parse(lease.since) - SLACK_MS;
  for await (const execution of api.executions(lease.job, since)) {
    if (execution.environment.PHASEGATE_LAUNCH === launch) found.push(execution);
  }
  return found;
}

/** Whose work an execution is; null when it is none of a launch, or of one whose table has another job here. */
export function launchOf(
  { jobNameOf }: Pick<CloudRunTools, 'jobNameOf'>,
  { job, environment }: Execution,
): LaunchId | null {
  try {
    const launch = parseLaunchId(environment.PHASEGATE_LAUNCH ?? '');
    return jobNameOf(attemptOf(launch).table) === job ? launch : null;
  } catch (error) {
    if (isKind(error, 'invalid-input')) return null;
    throw error;
  }
}

export function isAhead({ now }: CloudRunTools, instant: Instant | null): boolean {
  return instant !== null && Date.parse(instant) > Date.parse(now());
}

export function later({ now }: CloudRunTools, milliseconds: number): Instant {
  return new Date(Date.parse(now()) + milliseconds).toISOString();
}
