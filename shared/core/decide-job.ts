import { advance } from './advance.ts';
import { minutesAfter, minutesBetween } from './limits.ts';
import type { Pipeline } from './pipeline.ts';
import type { Instant, RunState, Step } from './run.ts';
import type { EventOf } from './run-event.ts';
import { stopped } from './stop-run.ts';
import { type Busy, isBusy, type TableState } from './table-state.ts';
import { withTable } from './with-table.ts';

/** So many executions may be lost to their machine before the table has failed. */
const INTERRUPTIONS = 20;
/** A pause where the platform or the job names none: until something is ready, and until a quota refills. */
const PAUSE_MINUTES = { 'not-ready': 15, quota: 60 } as const;
/** Whatever instant a job names: it is not launched again before this is over. */
const SMALLEST_PAUSE_MINUTES = 1;

export function launchConfirmed(
  pipeline: Pipeline,
  state: RunState,
  event: EventOf<'launch-confirmed'>,
): Step {
  const table = state.tables[event.table];
  if (table?.tag !== 'launching' || table.attempt !== event.attempt) return { state, effects: [] };
  const { jobMinutes, bytes } = state.spent;
  const spent = { jobMinutes, bytes: bytes + (event.bytes ?? 0) };
  const running = withTable(state, event.table, { ...table, tag: 'running' });
  return advance(pipeline, { ...running, spent }, event.at);
}

/** A job that exited cleanly earns a look at its data, nothing more. */
export function jobSucceeded(
  pipeline: Pipeline,
  before: RunState,
  event: EventOf<'job-succeeded'>,
): Step {
  const table = busy(before, event);
  if (table === null) return { state: before, effects: [] };
  const state = charged(before, table, event.at);
  if (isStopping(table)) return stoppedTable(state, event.table, table);
  const { attempt, days } = table;
  const { look, round } = state;
  const verifying = withTable(state, event.table, { tag: 'verifying', attempt, days, look });
  const step = advance(pipeline, verifying, event.at);
  return {
    state: step.state,
    effects: [{ kind: 'run-gate', table: event.table, round, attempt, look }, ...step.effects],
  };
}

/** Tried again with growing pauses while the trouble may pass; otherwise the table has failed. */
export function jobFailed(
  pipeline: Pipeline,
  before: RunState,
  event: EventOf<'job-failed'>,
): Step {
  const table = busy(before, event);
  if (table === null) return { state: before, effects: [] };
  const state = charged(before, table, event.at);
  if (isStopping(table)) return stoppedTable(state, event.table, table);
  const next = withTable(state, event.table, afterFailure(pipeline, table, event));
  return advance(pipeline, next, event.at);
}

function afterFailure(
  pipeline: Pipeline,
  table: Busy,
  { failure, at, retryAt, ...event }: EventOf<'job-failed'>,
): TableState {
  const { attempt, firstAttempt, days } = table;
  const isLate = table.tag === 'cancelling';
  const message = isLate ? table.message : event.message;
  const failed: TableState = { tag: 'failed', attempt, days, message };
  const again = (failures: number, interruptions: number, notBefore: Instant | null) =>
    ({
      tag: 'waiting',
      attempt,
      firstAttempt,
      failures,
      interruptions,
      days,
      notBefore,
    }) as const;
  if (!isLate && (failure === 'not-ready' || failure === 'quota')) {
    const named = retryAt ?? minutesAfter(at, PAUSE_MINUTES[failure]);
    const soonest = minutesAfter(at, SMALLEST_PAUSE_MINUTES);
    return again(table.failures, table.interruptions, named > soonest ? named : soonest);
  }
  if (!isLate && (failure === 'interrupted' || failure === 'cancelled')) {
    const interruptions = table.interruptions + 1;
    return interruptions > INTERRUPTIONS ? failed : again(table.failures, interruptions, null);
  }
  const failures = table.failures + 1;
  const isOver = (failure === 'permanent' && !isLate) || failures >= pipeline.retry.attempts;
  if (isOver) return failed;
  return again(failures, table.interruptions, pauseAfter(at, failures, pipeline));
}

function busy(state: RunState, event: { table: keyof RunState['tables']; attempt: number }) {
  const table = state.tables[event.table];
  return isBusy(table) && table.attempt === event.attempt ? table : null;
}

function isStopping(table: Busy): boolean {
  return table.tag === 'cancelling' && table.next === 'stop';
}

function stoppedTable(state: RunState, name: keyof RunState['tables'], table: Busy): Step {
  const { attempt, days } = table;
  const message = table.tag === 'cancelling' ? table.message : '';
  return stopped(withTable(state, name, { tag: 'skipped', attempt, days, message }));
}

function charged(state: RunState, table: Busy, at: Instant): RunState {
  const { jobMinutes, bytes } = state.spent;
  return { ...state, spent: { jobMinutes: jobMinutes + minutesBetween(table.since, at), bytes } };
}

/** Doubles with each failure, from the pipeline's first pause up to an hour. */
function pauseAfter(at: Instant, failures: number, { retry }: Pipeline): Instant {
  const seconds = Math.min(retry.backoffSeconds * 2 ** (failures - 1), 3600);
  return minutesAfter(at, seconds / 60);
}
