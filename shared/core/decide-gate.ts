import { advance } from './advance.ts';
import { bridgeForPeople, type Calendar } from './calendar.ts';
import { formatDaySet } from './day-set.ts';
import { badDaysOfRun, isStuck, repaired } from './decide-repair.ts';
import type { PhaseName, TableName } from './ids.ts';
import { overrideInForce } from './overrides.ts';
import type { Pipeline } from './pipeline.ts';
import { tablesOf } from './pipeline.ts';
import type { Effect, Override, RunState, Step } from './run.ts';
import type { EventOf, TableVerdict } from './run-event.ts';
import { hasPassed, type TableState } from './table-state.ts';
import { withTable } from './with-table.ts';

export function gateJudged(
  pipeline: Pipeline,
  state: RunState,
  event: EventOf<'gate-judged'>,
): Step {
  const { table: name, attempt, at } = event;
  const table = state.tables[name];
  const isMine =
    table?.tag === 'verifying' &&
    table.attempt === attempt &&
    table.look === (event.look ?? 0) &&
    state.round === event.round;
  if (!isMine) return { state, effects: [] };
  const next = judged(attempt, event, overrideInForce(pipeline, state, name, at));
  return advance(pipeline, withTable(state, name, next), at);
}

/**
 * The end of a phase: every table of it has a verdict. The phase passes only when each table has
 * passed in this run and its data, looked at again, still does, or somebody signed for it.
 */
export function rollCalled(
  pipeline: Pipeline,
  state: RunState,
  event: EventOf<'roll-called'>,
): Step {
  const isMine =
    state.phases[event.phase] === 'calling-roll' &&
    state.round === event.round &&
    state.look === (event.look ?? 0);
  if (state.status !== 'live' || !isMine) return { state, effects: [] };

  const names = tablesIn(pipeline, state, event.phase);
  const tables: Record<TableName, TableState> = { ...state.tables };
  for (const name of names) {
    const signed = overrideInForce(pipeline, state, name, event.at);
    tables[name] = settled(state.tables[name], event.tables[name], name, signed);
  }
  const behind = names.filter((name) => !hasPassed(tables[name]));
  if (behind.length > 0) {
    const held = { ...state, tables };
    return repaired(pipeline, held, event) ?? blocked(pipeline, held, event.phase, behind);
  }

  const phases = { ...state.phases, [event.phase]: 'passed' as const };
  const published = { ...state.published, ...event.published };
  const badDaysBefore = state.badDaysBefore?.phase === event.phase ? null : state.badDaysBefore;
  const passed: RunState = { ...state, tables, phases, published, badDaysBefore };
  if (Object.values(phases).every((phase) => phase === 'passed')) {
    return {
      state: { ...passed, status: 'passed', message: null },
      effects: wasWoken(state) ? [allClear(state)] : [],
    };
  }
  return advance(pipeline, passed, event.at);
}

/** Whether somebody had it go on after it was refused or had failed, which people were told. */
const wasWoken = ({ round, repairs }: RunState) => round - 1 > repairs.unasked;

function allClear({ run, round }: RunState): Effect {
  const text = `run ${run} has passed after all, in round ${round}`;
  return { kind: 'page-human', key: `${run}/passed/${round}`, text };
}

function judged(attempt: number, verdict: TableVerdict, signed: Override | null): TableState {
  const { evidence, badDays, message, token = '' } = verdict;
  if (verdict.verdict === 'PASS') return { tag: 'passed', attempt, evidence, token };
  if (verdict.verdict === 'WARN') return { tag: 'passed-with-warnings', attempt, evidence, token };
  if (signed !== null) {
    const { by, reason, until } = signed;
    return { tag: 'overridden', attempt, evidence, by, reason, until };
  }
  return { tag: 'blocked', attempt, verdict: verdict.verdict, badDays, message, evidence };
}

/** A table's state after the roll: one that never got its turn is skipped, one that changed since is judged anew. */
function settled(
  table: TableState | undefined,
  verdict: TableVerdict | undefined,
  name: TableName,
  signed: Override | null,
): TableState {
  const attempt = table?.attempt ?? 0;
  if (verdict === undefined) {
    const message = `${name} did not answer the roll call`;
    return { tag: 'blocked', attempt, verdict: 'UNKNOWN', badDays: [], message, evidence: '' };
  }
  if (table?.tag === 'overridden' && signed !== null && verdict.evidence === '') return table;
  if (hasPassed(table)) return judged(attempt, verdict, signed);
  if (table?.tag === 'waiting') {
    return { tag: 'skipped', attempt, days: table.days, message: verdict.message };
  }
  return table ?? judged(attempt, verdict, signed);
}

function blocked(
  pipeline: Pipeline,
  state: RunState,
  phase: PhaseName,
  behind: readonly TableName[],
): Step {
  const lines = behind.map((name) => `${name}: ${describe(state.tables[name], state.calendar)}`);
  const text = [
    `phase ${phase} is blocked${isStuck(state, phase) ? '; the repair did not shrink the bad days' : ''}`,
    ...lines,
  ].join('\n');
  return {
    state: {
      ...state,
      status: 'blocked',
      phases: { ...state.phases, [phase]: 'blocked' },
      tables: skipLater(pipeline, state, phase),
      badDaysBefore: { phase, days: badDaysOfRun(state) },
      message: text,
    },
    effects: [{ kind: 'page-human', key: `${state.run}/${phase}/${state.round}`, text }],
  };
}

function skipLater(pipeline: Pipeline, state: RunState, phase: PhaseName): RunState['tables'] {
  const tables: Record<TableName, TableState> = { ...state.tables };
  for (const table of tablesOf(pipeline)) {
    const own = tables[table.name];
    if (own?.tag !== 'waiting') continue;
    const { attempt, days } = own;
    tables[table.name] = { tag: 'skipped', attempt, days, message: `behind phase ${phase}` };
  }
  return tables;
}

function describe(table: TableState | undefined, calendar: Calendar): string {
  switch (table?.tag) {
    case 'blocked':
      return `${table.verdict} ${table.message} ${firstFew(formatDaySet(bridgeForPeople(calendar, table.badDays)))}`.trim();
    case 'failed':
      return `job failed: ${table.message}`;
    case 'skipped':
      return `not run: ${table.message}`;
    default:
      return table?.tag ?? 'unknown';
  }
}

function firstFew(spans: readonly string[]): string {
  return spans.length > 5
    ? `${spans.slice(0, 5).join(', ')} and ${spans.length - 5} more`
    : spans.join(', ');
}

function tablesIn(pipeline: Pipeline, state: RunState, phase: PhaseName): TableName[] {
  return tablesOf(pipeline)
    .filter((table) => table.phase === phase && table.name in state.tables)
    .map((table) => table.name);
}
