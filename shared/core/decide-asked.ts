import { advance } from './advance.ts';
import type { PhaseName, TableName } from './ids.ts';
import { type Pipeline, tableNamed } from './pipeline.ts';
import { isAtRest, type PhaseState, type RunState, type Step } from './run.ts';
import type { Asking, EventOf } from './run-event.ts';
import { stopRun } from './stop-run.ts';
import { type TableState, waitingFor } from './table-state.ts';
import { dayAt } from './time-zone.ts';
import { withTable } from './with-table.ts';

/** What a person asks of a run that is there. What does not fit its state changes nothing. */
export function asked(pipeline: Pipeline, state: RunState, event: Asking): Step {
  const nothing: Step = { state, effects: [] };
  const { by, reason, at } = event;
  switch (event.type) {
    case 'repair-requested':
      return canWake(state) ? readAgain(state, at) : nothing;
    case 'retry-requested':
      return canWake(state) ? retried(pipeline, state, event) : nothing;
    case 'cancel-requested': {
      if (isAtRest(state.status) || state.status === 'cancelling') return nothing;
      const why = reason === '' ? '' : `: ${reason}`;
      return stopRun(state, at, 'cancelled', `cancelled by ${by || 'nobody named'}${why}`);
    }
    case 'pause-requested': {
      if (isAtRest(state.status) || state.paused !== null) return nothing;
      return { state: { ...state, paused: { by, reason, at } }, effects: [] };
    }
    case 'resume-requested': {
      if (state.paused === null) return nothing;
      return advance(pipeline, { ...state, paused: null }, at);
    }
    case 'override-signed':
      return canWake(state) ? overridden(pipeline, state, event) : nothing;
    case 'signed-off': {
      if (state.status !== 'passed') return nothing;
      const { evidence } = event;
      const signOffs = [...state.signOffs, { by, reason, at, evidence }];
      return { state: { ...state, signOffs }, effects: [] };
    }
  }
}

function canWake({ status }: RunState): boolean {
  return status === 'blocked' || status === 'failed';
}

function readAgain(state: RunState, at: string): Step {
  const round = state.round + 1;
  const repairs = { inAll: state.repairs.inAll + 1, unasked: 0 };
  return {
    state: { ...state, status: 'reading', round, since: at, repairs, paused: null },
    effects: [{ kind: 'read-outcomes', round }],
  };
}

/** The tables whose job failed, and what waited for them; what a gate refused stays refused. */
function retried(pipeline: Pipeline, state: RunState, { at }: EventOf<'retry-requested'>): Step {
  if (state.status === 'failed') return readAgain(state, at);
  const isFailed = Object.values(state.tables).some(({ tag }) => tag === 'failed');
  return isFailed ? wake(pipeline, state, at) : { state, effects: [] };
}

/**
 * The run goes on as soon as nothing of its phase is blocked or failed any more. One that was stopped
 * reads anew; its gates know the signature.
 */
function overridden(
  pipeline: Pipeline,
  state: RunState,
  { table, by, reason, until, at }: EventOf<'override-signed'>,
): Step {
  if (until < dayAt(at, pipeline.timeZone)) return { state, effects: [] };
  const own = state.tables[table];
  if (own?.tag !== 'blocked' && own?.tag !== 'failed') return { state, effects: [] };
  const evidence = own.tag === 'blocked' ? own.evidence : '';
  const { attempt, message: refused } = own;
  const signed: TableState = { tag: 'overridden', attempt, evidence, by, reason, until };
  const overrides = [...state.overrides, { table, by, reason, until, at, refused }];
  const next = { ...withTable(state, table, signed), overrides };
  if (state.status === 'failed') return readAgain(next, at);
  const phase = tableNamed(pipeline, table)?.phase;
  const isHeld = Object.entries(next.tables).some(
    ([name, { tag }]) =>
      tableNamed(pipeline, name as TableName)?.phase === phase &&
      (tag === 'blocked' || tag === 'failed'),
  );
  return isHeld ? { state: next, effects: [] } : wake(pipeline, next, at);
}

/** Live again: what failed or never had its turn waits anew, what passed or is blocked stays. */
function wake(pipeline: Pipeline, state: RunState, at: string): Step {
  const tables: Record<TableName, TableState> = { ...state.tables };
  for (const [key, table] of Object.entries(state.tables)) {
    if (table.tag !== 'failed' && table.tag !== 'skipped') continue;
    tables[key as TableName] = waitingFor(table.days, table.attempt);
  }
  const phases: Record<PhaseName, PhaseState> = { ...state.phases };
  for (const [name, stands] of Object.entries(state.phases)) {
    if (stands === 'blocked') phases[name as PhaseName] = 'waiting';
  }
  const woken: RunState = {
    ...state,
    status: 'live',
    tables,
    phases,
    round: state.round + 1,
    repairs: { ...state.repairs, unasked: 0 },
    badDaysBefore: null,
    since: at,
    message: null,
    paused: null,
  };
  return advance(pipeline, woken, at);
}
