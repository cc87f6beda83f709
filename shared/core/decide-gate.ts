import { advance, hasPassed } from './advance.ts';
import { bridgeForPeople, type Calendar } from './calendar.ts';
import { countDays, formatDaySet } from './day-set.ts';
import type { PhaseName, TableName } from './ids.ts';
import type { Pipeline } from './pipeline.ts';
import { tablesOf } from './pipeline.ts';
import type { EventOf, RunState, Step, TableState, TableVerdict } from './run.ts';
import { withTable } from './with-table.ts';

export function gateJudged(
  pipeline: Pipeline,
  state: RunState,
  event: EventOf<'gate-judged'>,
): Step {
  const table = state.tables[event.table];
  const isMine =
    table?.tag === 'verifying' && table.attempt === event.attempt && state.round === event.round;
  if (!isMine) return { state, effects: [] };
  return advance(pipeline, withTable(state, event.table, judged(event.attempt, event)), event.at);
}

/**
 * The end of a phase: every table of it has a verdict. The phase passes only when each table has
 * passed in this run and its data, looked at again, still does.
 */
export function rollCalled(
  pipeline: Pipeline,
  state: RunState,
  event: EventOf<'roll-called'>,
): Step {
  const isMine = state.phases[event.phase] === 'calling-roll' && state.round === event.round;
  if (state.status !== 'live' || !isMine) return { state, effects: [] };

  const names = tablesIn(pipeline, state, event.phase);
  const tables: Record<TableName, TableState> = { ...state.tables };
  for (const name of names) tables[name] = settled(state.tables[name], event.tables[name], name);
  const behind = names.filter((name) => !hasPassed(tables[name]));
  if (behind.length > 0) return blocked(pipeline, { ...state, tables }, event.phase, behind);

  const phases = { ...state.phases, [event.phase]: 'passed' as const };
  const published = { ...state.published, ...event.published };
  const passed: RunState = { ...state, tables, phases, published };
  if (Object.values(phases).every((phase) => phase === 'passed')) {
    return { state: { ...passed, status: 'passed', message: null }, effects: [] };
  }
  return advance(pipeline, passed, event.at);
}

function judged(attempt: number, verdict: TableVerdict): TableState {
  const { evidence, badDays, message } = verdict;
  if (verdict.verdict === 'PASS') return { tag: 'passed', attempt, evidence };
  if (verdict.verdict === 'WARN') return { tag: 'passed-with-warnings', attempt, evidence };
  return { tag: 'blocked', attempt, verdict: verdict.verdict, badDays, message, evidence };
}

/** A table's state after the roll: one that never got its turn is skipped, one that changed since is judged anew. */
function settled(
  table: TableState | undefined,
  verdict: TableVerdict | undefined,
  name: TableName,
): TableState {
  const attempt = table?.attempt ?? 0;
  if (verdict === undefined) {
    const message = `${name} did not answer the roll call`;
    return { tag: 'blocked', attempt, verdict: 'UNKNOWN', badDays: [], message, evidence: '' };
  }
  if (hasPassed(table)) return judged(attempt, verdict);
  if (table?.tag === 'waiting') {
    return { tag: 'skipped', attempt, days: table.days, message: verdict.message };
  }
  return table ?? judged(attempt, verdict);
}

function blocked(
  pipeline: Pipeline,
  state: RunState,
  phase: PhaseName,
  behind: readonly TableName[],
): Step {
  const badDays = behind.reduce((sum, name) => sum + badDaysOf(state.tables[name]), 0);
  const isStuck = state.badDaysBefore !== null && badDays >= state.badDaysBefore;
  const lines = behind.map((name) => `${name}: ${describe(state.tables[name], state.calendar)}`);
  const text = [
    `phase ${phase} is blocked${isStuck ? '; the repair did not shrink the bad days' : ''}`,
    ...lines,
  ].join('\n');
  return {
    state: {
      ...state,
      status: 'blocked',
      phases: { ...state.phases, [phase]: 'blocked' },
      tables: skipLater(pipeline, state, phase),
      badDaysBefore: badDays,
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

function badDaysOf(table: TableState | undefined): number {
  if (table?.tag === 'blocked') return countDays(table.badDays);
  return table?.tag === 'failed' || table?.tag === 'skipped' ? countDays(table.days) : 0;
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
