import { bridge } from './calendar.ts';
import { isEmpty } from './day-set.ts';
import { launchId, type PhaseName, type TableName } from './ids.ts';
import { isOverBudget } from './limits.ts';
import { type Pipeline, type Table, tablesOf } from './pipeline.ts';
import type { Effect, Instant, RunState, Step } from './run.ts';
import { stopRun } from './stop-run.ts';
import { hasPassed, isBusy, type StateOf, type TableState } from './table-state.ts';

/**
 * Does whatever can be done now: opens the next phase, launches tables whose needs have passed, has
 * tables without work judged, and calls the roll of a phase in which nothing moves any more. Nothing is
 * launched while the run is paused, or has spent what it may spend.
 */
export function advance(pipeline: Pipeline, state: RunState, now: Instant): Step {
  if (state.status !== 'live') return { state, effects: [] };
  const phase = currentPhase(pipeline, state);
  if (phase === undefined || state.phases[phase] === 'calling-roll') return { state, effects: [] };

  const effects: Effect[] = [];
  const tables = rested(state.tables, now);
  const room = roomFor(pipeline, phase, tables);
  const isSpent = isOverBudget(pipeline, state, now);
  const mayLaunch = state.paused === null && !isSpent;
  let isHeldBack = false;
  for (const table of tablesIn(pipeline, phase)) {
    const own = tables[table.name];
    if (own?.tag !== 'waiting' || !isReady(table, tables, own)) continue;
    if (isEmpty(own.days)) {
      const { look, round } = state;
      const { attempt } = own;
      tables[table.name] = { tag: 'verifying', attempt, days: [], look };
      effects.push({ kind: 'run-gate', table: table.name, round, attempt, look });
    } else if (mayLaunch && room.left > 0) {
      room.left--;
      const launched = launch(state, table.name, own, now);
      tables[table.name] = launched.table;
      effects.push(launched.effect);
    } else {
      isHeldBack = true;
    }
  }
  if (isHeldBack && isSpent && !Object.values(tables).some(isAtWork)) {
    const { jobMinutes, bytes } = state.spent;
    const spent = `${Math.round(jobMinutes)} job minutes, ${bytes} bytes`;
    return stopRun(state, now, 'failed', `the budget is spent (${spent}), and tables still wait`);
  }
  const opened = state.phases[phase] === 'open' ? state.phaseSince : now;
  const phases = { ...state.phases, [phase]: 'open' as const };
  const open: RunState = { ...state, tables, phases, phaseSince: opened };
  if (isHeldBack || somethingMoves(pipeline, phase, tables)) return { state: open, effects };
  return {
    state: { ...open, phases: { ...phases, [phase]: 'calling-roll' } },
    effects: [...effects, { kind: 'call-roll', phase, round: state.round, look: state.look }],
  };
}

/** The first phase of the run that has not passed. */
function currentPhase(pipeline: Pipeline, state: RunState): PhaseName | undefined {
  return pipeline.phases
    .map((phase) => phase.name)
    .find((name) => name in state.phases && state.phases[name] !== 'passed');
}

function launch(
  state: RunState,
  table: TableName,
  { firstAttempt, failures, interruptions, days, ...own }: StateOf<'waiting'>,
  since: Instant,
): Readonly<{ table: TableState; effect: Effect }> {
  const attempt = own.attempt + 1;
  const work = { attempt, firstAttempt, failures, interruptions, days };
  return {
    table: { tag: 'launching', since, ...work },
    effect: {
      kind: 'launch-table',
      table,
      attempt,
      firstAttempt,
      launch: launchId(state.run, table, attempt),
      days: bridge(state.calendar, days),
    },
  };
}

/**
 * How many more executions the pipeline and the phase allow. With a budget of bytes they begin one by one:
 * what one reads is known when its launch is confirmed.
 */
function roomFor(pipeline: Pipeline, phase: PhaseName, tables: RunState['tables']) {
  const own = tablesIn(pipeline, phase).filter(({ name }) => isBusy(tables[name])).length;
  const cap = pipeline.phases.find(({ name }) => name === phase)?.parallelTables ?? null;
  const ofPipeline = pipeline.parallelTables - Object.values(tables).filter(isBusy).length;
  const isLaunching = Object.values(tables).some(({ tag }) => tag === 'launching');
  const unpriced = pipeline.budget.bytes === null ? ofPipeline : isLaunching ? 0 : 1;
  return { left: Math.min(ofPipeline, cap === null ? ofPipeline : cap - own, unpriced) };
}

function tablesIn(pipeline: Pipeline, phase: PhaseName): readonly Table[] {
  return tablesOf(pipeline).filter((table) => table.phase === phase);
}

/** The tables, none of them waiting for an instant that is past: what it waits for then is something else. */
function rested(all: RunState['tables'], now: Instant): Record<TableName, TableState> {
  const tables: Record<TableName, TableState> = { ...all };
  for (const [name, table] of Object.entries(all)) {
    if (table.tag !== 'waiting' || table.notBefore === null || now < table.notBefore) continue;
    tables[name as TableName] = { ...table, notBefore: null };
  }
  return tables;
}

function isReady(
  table: Table,
  tables: RunState['tables'],
  { notBefore }: StateOf<'waiting'>,
): boolean {
  if (notBefore !== null) return false;
  return table.needs.every(({ of }) => !(of in tables) || hasPassed(tables[of]));
}

function isAtWork(table: TableState): boolean {
  return isBusy(table) || table.tag === 'verifying';
}

/** Executions of any phase count: a table of an earlier one may have been looked at again while they ran. */
function somethingMoves(pipeline: Pipeline, phase: PhaseName, tables: RunState['tables']): boolean {
  if (Object.values(tables).some(isAtWork)) return true;
  return tablesIn(pipeline, phase).some(({ name }) => {
    const table = tables[name];
    return table?.tag === 'waiting' && table.notBefore !== null;
  });
}
