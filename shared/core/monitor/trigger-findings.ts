import type { ExpectedTrigger } from './expected-triggers.ts';
import type { Finding } from './finding.ts';
import type { AlertSeverity } from './monitor.ts';
import type { SchedulePause } from './schedule-pause.ts';

/** What calls us when something is due, as it really is. */
export type Trigger = Readonly<{
  /** Its name without prefix and environment: `reconcile`, `monitor-data-freshness`. */
  name: string;
  cron: string;
  timeZone: string;
  /** The topic on which it publishes; null where it does something else. */
  topic: string | null;
  body: string;
  isPaused: boolean;
  /** Why somebody paused it, and until when; null: nobody said. */
  pause: SchedulePause | null;
  /** Since when it is as it is: times before that it could not call. Null: nobody knows. */
  knownAt: string | null;
  lastAttemptAt: string | null;
  /** Why the last attempt failed; null: it did not, or there was none. */
  lastFailure: string | null;
}>;

/** A call that is so much late was not made. */
const LATE_MS = 15 * 60_000;

/**
 * What is wrong with the calls that a pipeline expects: missing, paused, drifted, never made, failed. A pause that somebody
 * gave a reason for is left alone until it runs out.
 *
 * @param lastDue when each trigger should have called last at or before an instant; null: never yet
 */
export function triggerFindings(
  expected: readonly ExpectedTrigger[],
  found: readonly Trigger[],
  lastDue: (trigger: ExpectedTrigger, at: string) => string | null,
  severity: AlertSeverity,
  now: string,
): readonly Finding[] {
  const late = new Date(Date.parse(now) - LATE_MS).toISOString();
  return expected.flatMap((wanted): Finding[] => {
    const trigger = found.find(({ name }) => name === wanted.name);
    const wrong =
      trigger === undefined
        ? {
            what: 'missing',
            title: 'does not exist',
            next: 'deploy again: infra makes it of the pipeline file',
          }
        : wrongWith(wanted, trigger, lastDue(wanted, late), now);
    if (wrong === null) return [];
    return [
      {
        cause: `schedule/${wanted.name}/${wrong.what}`,
        severity,
        title: `schedule ${wanted.name} ${wrong.title}`,
        days: [],
        details: [],
        next: wrong.next,
      },
    ];
  });
}

type Wrong = Readonly<{ what: string; title: string; next: string }>;

function wrongWith(
  wanted: ExpectedTrigger,
  trigger: Trigger,
  due: string | null,
  now: string,
): Wrong | null {
  const { name, cron, timeZone, topic, body } = wanted;
  if (trigger.isPaused) {
    if (trigger.pause !== null && trigger.pause.until > now) return null;
    const until =
      trigger.pause === null ? '' : ` although its pause ran out at ${trigger.pause.until}`;
    const next = `npx phasegate schedules resume ${name}`;
    return { what: 'paused', title: `is paused${until}`, next };
  }
  const again = 'deploy again: infra sets it as the pipeline file says';
  if (trigger.cron !== cron || trigger.timeZone !== timeZone) {
    const title = `runs at ${trigger.cron} ${trigger.timeZone}; expected: ${cron} ${timeZone}`;
    return { what: 'drifted', title, next: again };
  }
  if (trigger.topic !== topic || trigger.body !== body) {
    return { what: 'target', title: `knocks elsewhere, or says something else`, next: again };
  }
  if (trigger.lastFailure !== null) {
    const title = `failed at its last attempt: ${trigger.lastFailure}`;
    return { what: 'failed', title, next: `npx phasegate schedules run ${name}` };
  }
  if (due === null || (trigger.knownAt !== null && due <= trigger.knownAt)) return null;
  if (trigger.lastAttemptAt !== null && trigger.lastAttemptAt >= due) return null;
  const last =
    trigger.lastAttemptAt === null ? 'never called' : `last called at ${trigger.lastAttemptAt}`;
  const next = `npx phasegate schedules run ${name}`;
  return { what: 'silent', title: `was due at ${due}, and ${last}`, next };
}
