import { bridge } from './calendar.ts';
import { launchId, type PhaseName, type TableName } from './ids.ts';
import type { Effect, RunState } from './run.ts';

/**
 * What the outside owes to a run in this state: the effects that were asked for and not answered.
 * Asking again is harmless, since whoever answers knows its own work by id.
 */
export function openPromises(state: RunState): readonly Effect[] {
  const { round } = state;
  if (state.status === 'reading') return [{ kind: 'read-outcomes', round }];
  if (state.status !== 'live' && state.status !== 'cancelling') return [];
  const tables = Object.entries(state.tables).flatMap(([name, table]): Effect[] => {
    const tableName = name as TableName;
    if (table.tag === 'verifying') {
      const { attempt, look } = table;
      return [{ kind: 'run-gate', table: tableName, round, attempt, look }];
    }
    if (table.tag === 'cancelling') {
      const { attempt } = table;
      const launch = launchId(state.run, tableName, attempt);
      return [{ kind: 'cancel-launch', table: tableName, attempt, launch }];
    }
    if (table.tag !== 'launching') return [];
    const { attempt, firstAttempt } = table;
    const launch = launchId(state.run, tableName, attempt);
    const days = bridge(state.calendar, table.days);
    return [{ kind: 'launch-table', table: tableName, attempt, firstAttempt, launch, days }];
  });
  const rolls = Object.entries(state.phases).flatMap(([phase, stands]): Effect[] =>
    stands === 'calling-roll'
      ? [{ kind: 'call-roll', phase: phase as PhaseName, round, look: state.look }]
      : [],
  );
  return state.status === 'live' ? [...tables, ...rolls] : tables;
}
