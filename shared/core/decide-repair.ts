import { advance } from './advance.ts';
import { countDays, type DaySet, intersect, isEmpty, NO_DAYS, union } from './day-set.ts';
import { waitingPhases } from './decide-plan.ts';
import type { PhaseName, TableName } from './ids.ts';
import type { Pipeline } from './pipeline.ts';
import { planOf } from './plan.ts';
import type { RunState, Step } from './run.ts';
import type { EventOf } from './run-event.ts';
import { type TableState, waitingFor } from './table-state.ts';

/**
 * Repairs without a person what a roll call refused: the days whose trouble begins in a table itself are
 * written again, then every day behind them, then all is judged anew. Null where that promises nothing:
 * the trouble comes from a source, a job failed, what it begins in cannot have its turn, the pipeline's
 * attempts are used up, or the last repair of this phase did not shrink the bad days.
 */
export function repaired(
  pipeline: Pipeline,
  state: RunState,
  { phase, causes = {}, at }: EventOf<'roll-called'>,
): Step | null {
  const hasFailed = Object.values(state.tables).some(({ tag }) => tag === 'failed');
  const isAllowed = state.repairs.unasked < pipeline.repair.attempts && state.paused === null;
  if (isStuck(state, phase) || hasFailed || !isAllowed) return null;

  const mended = new Map(Object.entries(causes) as [TableName, DaySet][]);
  const owed = new Map<TableName, DaySet>();
  for (const [key, table] of Object.entries(state.tables)) {
    const name = key as TableName;
    const left = table.tag === 'skipped' || table.tag === 'waiting' ? table.days : NO_DAYS;
    owed.set(name, union(left, mended.get(name) ?? NO_DAYS));
  }
  const { request, calendar } = state;
  const plan = planOf(pipeline, request, 'missing', calendar, {}, owed);
  const isWritten = [...mended].some(
    ([name, days]) =>
      state.tables[name]?.tag !== 'skipped' && !isEmpty(intersect(plan.get(name) ?? NO_DAYS, days)),
  );
  if (!isWritten) return null;
  const tables: Record<TableName, TableState> = {};
  for (const [name, days] of plan) {
    tables[name] = waitingFor(days, state.tables[name]?.attempt ?? 0);
  }
  return advance(
    pipeline,
    {
      ...state,
      round: state.round + 1,
      repairs: { inAll: state.repairs.inAll + 1, unasked: state.repairs.unasked + 1 },
      phases: waitingPhases(state),
      phaseSince: at,
      tables,
      published: {},
      badDaysBefore: { phase, days: badDaysOfRun(state) },
      message: `repairing ${countDays(union(...mended.values()))} days without a person`,
    },
    at,
  );
}

/** Whether the phase was refused before, and is no better now. */
export function isStuck(state: RunState, phase: PhaseName): boolean {
  const before = state.badDaysBefore;
  if (before === null || before.phase !== phase || before.days === 0) return false;
  return badDaysOfRun(state) >= before.days;
}

/** Bad (table, day) pairs: what gates refused, and what was never written. */
export function badDaysOfRun({ tables }: RunState): number {
  return Object.values(tables).reduce((sum, table) => sum + badDaysOf(table), 0);
}

function badDaysOf(table: TableState): number {
  if (table.tag === 'blocked') return countDays(table.badDays);
  return table.tag === 'failed' || table.tag === 'skipped' ? countDays(table.days) : 0;
}
