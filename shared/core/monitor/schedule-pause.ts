import { PhasegateError } from '../errors.ts';

/** Why a schedule is paused, until when, and who said so; empty: nobody was named. */
export type SchedulePause = Readonly<{ reason: string; until: string; by: string }>;

const LONGEST_MS = 30 * 86_400_000;

/** @throws PhasegateError `invalid-input` for a pause without a reason, or whose end is not within the next 30 days */
export function checkedPause({ reason, until, by }: SchedulePause, now: string): SchedulePause {
  const end = Date.parse(until);
  const away = end - Date.parse(now);
  if (!(away > 0 && away <= LONGEST_MS)) {
    const accepted = 'an instant within the next 30 days, such as 2026-01-05T00:00:00Z';
    refuse(`the pause ends at ${JSON.stringify(until)}; accepted: ${accepted}`);
  }
  if (reason.trim() === '') refuse('the reason is empty; accepted: why nobody is to look');
  return { reason, until: new Date(end).toISOString(), by };
}

function refuse(message: string): never {
  throw new PhasegateError('invalid-input', message);
}
