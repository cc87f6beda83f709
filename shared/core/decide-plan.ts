import { advance } from './advance.ts';
import { bridgeForPeople } from './calendar.ts';
import { countDays, type DaySet, formatDaySet, isEmpty } from './day-set.ts';
import type { PhaseName, TableName } from './ids.ts';
import type { Pipeline } from './pipeline.ts';
import { type Plan, planOf, unverifiedReads } from './plan.ts';
import { changedParts, planHashOf } from './plan-hash.ts';
import type { PhaseState, RunState, Step } from './run.ts';
import type { EventOf } from './run-event.ts';
import { type TableState, waitingFor } from './table-state.ts';

/** So many filled table days found empty, and so large a share of all, are more likely a bad read than lost data. */
const SUSPICIOUS = { days: 5, share: 0.8 } as const;

/** Plans each table's days from what the data showed, then launches what can be launched. */
export function outcomesRead(
  pipeline: Pipeline,
  state: RunState,
  event: EventOf<'outcomes-read'>,
): Step {
  if (state.status !== 'reading' || state.round !== event.round) return { state, effects: [] };
  const { calendar, outcomes, at } = event;
  if (calendar.seasons.every((season) => isEmpty(season.days))) {
    return stop(
      state,
      'the schedule has no final game in this range: nothing is expected, so nothing can pass',
    );
  }
  const { vanished } = event;
  if (state.request.mode !== 'all' && vanished !== undefined && isSuspicious(vanished)) {
    const { days, of } = vanished;
    return stop(
      state,
      `${days} of the ${of} table days that jobs filled look empty now: the read is not believed, and nothing is planned from it; look at the warehouse; where the days are really gone, start with --mode all`,
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
  if (state.plan !== null && !hasPlanned) {
    const hash = planHashOf(state.definition, state.request, calendar, outcomes, plan);
    if (hash !== state.plan) {
      return stop(
        state,
        `the plan that was agreed to was ${state.plan}, and now it is ${hash}: the world changed since (${changedParts(state.plan, hash).join(', ')}); plan again`,
      );
    }
  }
  const tables: Record<TableName, TableState> = {};
  for (const [name, days] of plan) {
    tables[name] = waitingFor(days, state.tables[name]?.attempt ?? 0);
  }
  const planned: RunState = {
    ...state,
    status: 'live',
    calendar,
    phases: waitingPhases(state),
    phaseSince: at,
    tables,
    published: {},
    stopping: null,
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
export function outcomesUnreadable(state: RunState, event: EventOf<'outcomes-unreadable'>): Step {
  if (state.status !== 'reading' || state.round !== event.round) return { state, effects: [] };
  return stop(state, `could not read what there is to do: ${event.message}`);
}

function isSuspicious({ days, of }: Readonly<{ days: number; of: number }>): boolean {
  return days >= SUSPICIOUS.days && days >= SUSPICIOUS.share * of;
}

/** Every phase of the run before its turn. */
export function waitingPhases({ phases }: RunState): Readonly<Record<PhaseName, PhaseState>> {
  return Object.fromEntries(Object.keys(phases).map((name) => [name, 'waiting'] as const));
}

function stop(state: RunState, message: string): Step {
  return {
    state: { ...state, status: 'failed', message },
    effects: [{ kind: 'page-human', key: `${state.run}/${state.round}`, text: message }],
  };
}
