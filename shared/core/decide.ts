import { advance } from './advance.ts';
import { bridgeForPeople } from './calendar.ts';
import { countDays, type DaySet, formatDaySet, isEmpty } from './day-set.ts';
import { gateJudged, rollCalled } from './decide-gate.ts';
import { jobFailed, jobSucceeded, launchConfirmed } from './decide-job.ts';
import { assertNever } from './errors.ts';
import type { PhaseName, TableName } from './ids.ts';
import type { Pipeline } from './pipeline.ts';
import { type Plan, planOf, tablesOfRun, unverifiedReads } from './plan.ts';
import {
  type EventOf,
  isAtRest,
  type PhaseState,
  type RunEvent,
  type RunState,
  type Step,
  type TableState,
} from './run.ts';

/**
 * Every judgement the orchestrator makes. Pure: time and data come in as events. An event that no
 * longer fits (a second delivery, an attempt that is over, an earlier round) changes nothing and
 * asks for nothing; the state returned is then the very one that came in.
 *
 * @param state null before the first event of the run
 */
export function decide(pipeline: Pipeline, state: RunState | null, event: RunEvent): Step | null {
  if (event.type === 'run-requested') return runRequested(pipeline, state, event);
  if (state === null) return null;
  switch (event.type) {
    case 'outcomes-read':
      return answered(state, outcomesRead(pipeline, state, event));
    case 'outcomes-unreadable':
      return answered(state, outcomesUnreadable(state, event));
    case 'gate-waiting':
      return gateWaiting(state, event);
    case 'launch-confirmed':
      return launchConfirmed(state, event);
    case 'job-succeeded':
      return jobSucceeded(pipeline, state, event);
    case 'job-failed':
      return jobFailed(pipeline, state, event);
    case 'gate-judged':
      return answered(state, gateJudged(pipeline, state, event));
    case 'roll-called':
      return answered(state, rollCalled(pipeline, state, event));
    case 'repair-requested':
      return repairRequested(state);
    case 'clock-ticked':
      return advance(pipeline, state, event.at);
    default:
      return assertNever(event);
  }
}

/** A request for a run that is live joins it; for one at rest it is the shell's to name a new run. */
function runRequested(
  pipeline: Pipeline,
  state: RunState | null,
  event: EventOf<'run-requested'>,
): Step {
  if (state !== null) return { state, effects: [] };
  const tables = tablesOfRun(pipeline, event.request);
  const waiting: TableState = {
    tag: 'waiting',
    attempt: 0,
    firstAttempt: 1,
    failures: 0,
    days: [],
    notBefore: null,
  };
  return {
    state: {
      schema: 1,
      run: event.run,
      request: event.request,
      definition: event.definition,
      ...(event.startedWith === undefined ? {} : { startedWith: event.startedWith }),
      status: 'reading',
      round: 1,
      calendar: { seasons: [] },
      phases: phasesOf(tables.map((table) => table.phase)),
      tables: Object.fromEntries(tables.map((table) => [table.name, waiting])),
      badDaysBefore: null,
      message: null,
      waitingFor: null,
    },
    effects: [{ kind: 'read-outcomes', round: 1 }],
  };
}

function phasesOf(names: readonly PhaseName[]): Record<PhaseName, PhaseState> {
  return Object.fromEntries(names.map((name) => [name, 'waiting']));
}

/** Plans each table's days from what the data showed, then launches what can be launched. */
function outcomesRead(pipeline: Pipeline, state: RunState, event: EventOf<'outcomes-read'>): Step {
  if (state.status !== 'reading' || state.round !== event.round) return { state, effects: [] };
  const { calendar, outcomes, at } = event;
  if (calendar.seasons.every((season) => isEmpty(season.days))) {
    return stop(
      state,
      'the schedule has no final game in this range: nothing is expected, so nothing can pass',
    );
  }
  const hasPlanned = state.calendar.seasons.length > 0;
  const mode = hasPlanned ? 'missing' : state.request.mode;
  const owed = state.request.mode === 'all' ? owedDays(state) : new Map();
  const plan = planOf(pipeline, state.request, mode, calendar, outcomes, owed);
  const [gap] = unverifiedReads(pipeline, state.request, calendar, outcomes, plan);
  if (gap !== undefined) {
    const days = formatDaySet(bridgeForPeople(calendar, gap.days)).join(', ');
    return stop(
      state,
      `${gap.table} would read ${gap.reads} on ${days}, before the range, and these days are not verified; start from ${gap.days[0]?.from}`,
    );
  }
  const tables: Record<TableName, TableState> = {};
  for (const [name, days] of plan) {
    const attempt = state.tables[name]?.attempt ?? 0;
    const firstAttempt = attempt + 1;
    tables[name] = { tag: 'waiting', attempt, firstAttempt, failures: 0, days, notBefore: null };
  }
  const planned: RunState = {
    ...state,
    status: 'live',
    calendar,
    phases: phasesOf(
      pipeline.phases.map((phase) => phase.name).filter((name) => name in state.phases),
    ),
    tables,
    published: {},
    message: `${[...plan.values()].reduce((sum, days) => sum + countDays(days), 0)} table days to write`,
  };
  return advance(pipeline, planned, at);
}

/** Days that an earlier plan of this run meant to write and did not. With mode `all` the data cannot tell them. */
function owedDays(state: RunState): Plan {
  const owed = new Map<TableName, DaySet>();
  for (const [name, table] of Object.entries(state.tables)) {
    if (table.tag !== 'verifying' && 'days' in table) owed.set(name as TableName, table.days);
  }
  return owed;
}

/** Nothing is planned or repaired from a read that failed. */
function outcomesUnreadable(state: RunState, event: EventOf<'outcomes-unreadable'>): Step {
  if (state.status !== 'reading' || state.round !== event.round) return { state, effects: [] };
  return stop(state, `could not read what there is to do: ${event.message}`);
}

function gateWaiting(state: RunState, event: EventOf<'gate-waiting'>): Step {
  if (isAtRest(state.status) || state.round !== event.round) return { state, effects: [] };
  return { state: { ...state, waitingFor: event.job }, effects: [] };
}

/** A question that was answered waits for nothing. */
function answered(before: RunState, step: Step): Step {
  if (step.state === before || before.waitingFor === null) return step;
  return { ...step, state: { ...step.state, waitingFor: null } };
}

function repairRequested(state: RunState): Step {
  if (!isAtRest(state.status) || state.status === 'passed') return { state, effects: [] };
  const round = state.round + 1;
  return {
    state: { ...state, status: 'reading', round },
    effects: [{ kind: 'read-outcomes', round }],
  };
}

function stop(state: RunState, message: string): Step {
  return {
    state: { ...state, status: 'failed', message },
    effects: [{ kind: 'page-human', key: `${state.run}/${state.round}`, text: message }],
  };
}
