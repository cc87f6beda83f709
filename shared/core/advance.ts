import { bridge } from './calendar.ts';
import { isEmpty } from './day-set.ts';
import { launchId, type PhaseName, type TableName } from './ids.ts';
import { type Pipeline, type Table, tablesOf } from './pipeline.ts';
import type { Effect, Instant, RunState, Step, TableState } from './run.ts';

/**
 * Does whatever can be done now: opens the next phase, launches tables whose needs have passed, has
 * tables without work judged, and calls the roll of a phase in which nothing moves any more.
 */
export function advance(pipeline: Pipeline, state: RunState, now: Instant): Step {
  if (state.status !== 'live') return { state, effects: [] };
  const phase = currentPhase(pipeline, state);
  if (phase === undefined || state.phases[phase] === 'calling-roll') return { state, effects: [] };

  const effects: Effect[] = [];
  const tables: Record<TableName, TableState> = { ...state.tables };
  let free = pipeline.parallelTables - Object.values(tables).filter(isBusy).length;
  for (const table of tablesOf(pipeline).filter((each) => each.phase === phase)) {
    const own = tables[table.name];
    if (own?.tag !== 'waiting' || !isReady(table, tables, own.notBefore, now)) continue;
    if (isEmpty(own.days)) {
      tables[table.name] = { tag: 'verifying', attempt: own.attempt, days: [] };
      effects.push({
        kind: 'run-gate',
        table: table.name,
        round: state.round,
        attempt: own.attempt,
      });
    } else if (free > 0) {
      free--;
      const attempt = own.attempt + 1;
      const days = bridge(state.calendar, own.days);
      const launch = launchId(state.run, table.name, attempt);
      const { firstAttempt, failures } = own;
      tables[table.name] = { tag: 'launching', attempt, firstAttempt, failures, days: own.days };
      effects.push({
        kind: 'launch-table',
        table: table.name,
        attempt,
        firstAttempt,
        launch,
        days,
      });
    }
  }
  if (somethingMoves(pipeline, phase, tables)) {
    return { state: { ...state, tables, phases: { ...state.phases, [phase]: 'open' } }, effects };
  }
  return {
    state: { ...state, tables, phases: { ...state.phases, [phase]: 'calling-roll' } },
    effects: [...effects, { kind: 'call-roll', phase, round: state.round }],
  };
}

/** The earliest instant at which a waiting table may be tried again; null when none waits for time. */
export function nextWake(state: RunState): Instant | null {
  const times = Object.values(state.tables).flatMap((table) =>
    table.tag === 'waiting' && table.notBefore !== null ? [table.notBefore] : [],
  );
  return state.status === 'live' ? (times.sort()[0] ?? null) : null;
}

export function hasPassed(state: TableState | undefined): boolean {
  return state?.tag === 'passed' || state?.tag === 'passed-with-warnings';
}

function currentPhase(pipeline: Pipeline, state: RunState): PhaseName | undefined {
  return pipeline.phases
    .map((phase) => phase.name)
    .find((name) => name in state.phases && state.phases[name] !== 'passed');
}

function isReady(
  table: Table,
  tables: Readonly<Record<TableName, TableState>>,
  notBefore: Instant | null,
  now: Instant,
): boolean {
  if (notBefore !== null && now < notBefore) return false;
  return table.needs.every(({ of }) => !(of in tables) || hasPassed(tables[of]));
}

function isBusy(table: TableState): boolean {
  return table.tag === 'launching' || table.tag === 'running';
}

function somethingMoves(
  pipeline: Pipeline,
  phase: PhaseName,
  tables: Readonly<Record<TableName, TableState>>,
): boolean {
  return tablesOf(pipeline)
    .filter((table) => table.phase === phase)
    .some(({ name }) => {
      const table = tables[name];
      if (table === undefined) return false;
      if (table.tag === 'waiting') return table.notBefore !== null;
      return isBusy(table) || table.tag === 'verifying';
    });
}
