import { launchId, type TableName } from './ids.ts';
import type { Effect, Instant, RunState, Step } from './run.ts';
import { isBusy, type TableState } from './table-state.ts';

/**
 * Ends a run before its end: executions are asked to stop, and only when the last of them is over does
 * the run come to rest. A run that failed pages, once.
 */
export function stopRun(
  state: RunState,
  now: Instant,
  to: 'cancelled' | 'failed',
  message: string,
): Step {
  const effects: Effect[] = [];
  const tables: Record<TableName, TableState> = { ...state.tables };
  for (const [key, table] of Object.entries(state.tables)) {
    const name = key as TableName;
    if (isBusy(table)) {
      const { tag: _, ...work } = table;
      tables[name] = { ...work, tag: 'cancelling', askedAt: now, next: 'stop', message };
      const launch = launchId(state.run, name, table.attempt);
      effects.push({ kind: 'cancel-launch', table: name, attempt: table.attempt, launch });
    } else if (table.tag === 'waiting' || table.tag === 'verifying') {
      tables[name] = { tag: 'skipped', attempt: table.attempt, days: table.days, message };
    }
  }
  const stopping = { to, message, since: now };
  const step = stopped({ ...state, tables, status: 'cancelling', stopping, waitingFor: null });
  return { state: step.state, effects: [...effects, ...step.effects] };
}

/** At rest as soon as no execution is left. */
export function stopped(state: RunState): Step {
  const { stopping } = state;
  if (stopping === null || Object.values(state.tables).some(isBusy)) return { state, effects: [] };
  const { to, message } = stopping;
  const key = `${state.run}/stopped/${state.round}`;
  return {
    state: { ...state, status: to, message, stopping: null },
    effects: to === 'failed' ? [{ kind: 'page-human', key, text: message }] : [],
  };
}
