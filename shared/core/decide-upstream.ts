import { advance } from './advance.ts';
import { type Pipeline, tableNamed } from './pipeline.ts';
import type { Effect, RunState, Step } from './run.ts';
import type { EventOf } from './run-event.ts';
import { waitingFor } from './table-state.ts';

/**
 * Somebody changed a table after its gate and before its use. It is judged again before anything reads
 * it, unless it has been since; the launch that was to read it waits, and writes all its days anew.
 */
export function upstreamChanged(
  pipeline: Pipeline,
  state: RunState,
  { table, attempt, upstream, token, at }: EventOf<'upstream-changed'>,
): Step {
  const own = state.tables[table];
  if (own?.tag !== 'launching' || own.attempt !== attempt) return { state, effects: [] };
  const waiting = { ...waitingFor(own.days, attempt), failures: own.failures };
  const tables = { ...state.tables, [table]: waiting };
  const read = state.tables[upstream];
  if (read?.tag !== 'passed' && read?.tag !== 'passed-with-warnings') {
    return advance(pipeline, { ...state, tables }, at);
  }
  if (token !== undefined && token !== read.token) {
    return advance(pipeline, { ...state, tables }, at);
  }
  const look = state.look + 1;
  const verifying = { tag: 'verifying', attempt: read.attempt, days: [], look } as const;
  const phase = tableNamed(pipeline, upstream)?.phase;
  const phases = { ...state.phases };
  if (phase !== undefined && phases[phase] === 'passed') phases[phase] = 'waiting';
  const step = advance(
    pipeline,
    { ...state, look, phases, tables: { ...tables, [upstream]: verifying } },
    at,
  );
  const { round } = state;
  const gate: Effect = {
    kind: 'run-gate',
    table: upstream,
    round,
    attempt: read.attempt,
    look,
  };
  return { state: step.state, effects: [gate, ...step.effects] };
}
