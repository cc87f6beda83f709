import type { Instant } from '../run.ts';
import type { Monitor } from './monitor.ts';
import type { MonitorState } from './monitor-state.ts';
import type { Trigger } from './trigger-findings.ts';

/** So much later than its deadline a look that is not there was missed. */
const LATE_MS = 15 * 60_000;

/**
 * Whether a look that was due is not there: what was seen before it is old. None is missed while somebody has a pause with a
 * reason, nor before the first look.
 *
 * @param lastDue when it was due last at or before an instant; null: never
 * @param trigger what calls it; null: there is none, or nobody knows
 */
export function hasMissedLook(
  { deadlineMinutes }: Pick<Monitor, 'deadlineMinutes'>,
  { runs }: Pick<MonitorState, 'runs'>,
  lastDue: (at: Instant) => Instant | null,
  trigger: Pick<Trigger, 'isPaused' | 'pause'> | null,
  now: Instant,
): boolean {
  const [last] = runs;
  const pause = trigger?.isPaused === true ? trigger.pause : null;
  if (last === undefined || (pause !== null && pause.until > now)) return false;
  const over = new Date(Date.parse(now) - deadlineMinutes * 60_000 - LATE_MS).toISOString();
  const due = lastDue(over);
  return due !== null && Date.parse(last.due) < Date.parse(due);
}
