import { advance } from './advance.ts';
import type { Pipeline } from './pipeline.ts';
import type { EventOf, Instant, RunState, Step, TableState } from './run.ts';
import { withTable } from './with-table.ts';

export function launchConfirmed(state: RunState, event: EventOf<'launch-confirmed'>): Step {
  const table = state.tables[event.table];
  if (table?.tag !== 'launching' || table.attempt !== event.attempt) return { state, effects: [] };
  return { state: withTable(state, event.table, { ...table, tag: 'running' }), effects: [] };
}

/** A job that exited cleanly earns a look at its data, nothing more. */
export function jobSucceeded(
  pipeline: Pipeline,
  state: RunState,
  event: EventOf<'job-succeeded'>,
): Step {
  const table = busy(state, event);
  if (table === null) return { state, effects: [] };
  const { attempt, days } = table;
  const step = advance(
    pipeline,
    withTable(state, event.table, { tag: 'verifying', attempt, days }),
    event.at,
  );
  return {
    state: step.state,
    effects: [
      { kind: 'run-gate', table: event.table, round: state.round, attempt },
      ...step.effects,
    ],
  };
}

/** Tried again with growing pauses while the trouble may pass; otherwise the table has failed. */
export function jobFailed(pipeline: Pipeline, state: RunState, event: EventOf<'job-failed'>): Step {
  const table = busy(state, event);
  if (table === null) return { state, effects: [] };
  const { attempt, days } = table;
  const failures = table.failures + (event.failure === 'interrupted' ? 0 : 1);
  const isOver = event.failure === 'permanent' || failures >= pipeline.retry.attempts;
  const next: TableState = isOver
    ? { tag: 'failed', attempt, days, message: event.message }
    : {
        tag: 'waiting',
        attempt,
        firstAttempt: table.firstAttempt,
        failures,
        days,
        notBefore: failures === 0 ? null : pauseAfter(event.at, failures, pipeline),
      };
  return advance(pipeline, withTable(state, event.table, next), event.at);
}

function busy(state: RunState, event: { table: keyof RunState['tables']; attempt: number }) {
  const table = state.tables[event.table];
  if (table?.tag !== 'launching' && table?.tag !== 'running') return null;
  return table.attempt === event.attempt ? table : null;
}

/** Doubles with each failure, from the pipeline's first pause up to an hour. */
function pauseAfter(at: Instant, failures: number, { retry }: Pipeline): Instant {
  const seconds = Math.min(retry.backoffSeconds * 2 ** (failures - 1), 3600);
  return new Date(Date.parse(at) + seconds * 1000).toISOString();
}
