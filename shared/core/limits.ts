import { launchId, type TableName } from './ids.ts';
import { type Pipeline, tableNamed } from './pipeline.ts';
import { type Effect, type Instant, isAtRest, type RunState, type Step } from './run.ts';
import { stopRun } from './stop-run.ts';
import { type Busy, isBusy } from './table-state.ts';

/** An execution that was asked to stop and goes on for longer is given up, and a person is told. */
const STOP_MINUTES = 30;

/** Whether what is spent, and what runs now, reaches the run's budget. */
export function isOverBudget(pipeline: Pipeline, state: RunState, now: Instant): boolean {
  const { bytes } = pipeline.budget;
  return (bytes !== null && state.spent.bytes >= bytes) || isOverMinutes(pipeline, state, now);
}

function isOverMinutes({ budget }: Pipeline, state: RunState, now: Instant): boolean {
  const minutes = state.spent.jobMinutes + minutesRunning(state, now);
  return budget.jobMinutes !== null && minutes >= budget.jobMinutes;
}

/** Why a launch that reads so much would overspend the run's budget; null where it does not. */
export function overBytes({ budget }: Pipeline, state: RunState, bytes: number): string | null {
  if (budget.bytes === null) return null;
  const left = Math.max(0, budget.bytes - state.spent.bytes);
  if (bytes <= left) return null;
  return `its job would read ${bytes} bytes, and ${left} of the run's ${budget.bytes} are left`;
}

/** What time alone has brought about: deadlines of jobs, of the phase, of the run, and the budget of minutes. */
export function overdue(pipeline: Pipeline, state: RunState, now: Instant): Step | null {
  const { deadlines, budget } = pipeline;
  if (isAtRest(state.status)) return null;
  if (state.stopping !== null) return stillStopping(state, now);
  if (now >= minutesAfter(state.since, deadlines.runMinutes)) {
    return stopRun(state, now, 'failed', `the run is over its ${deadlines.runMinutes} minutes`);
  }
  if (state.status !== 'live') return null;
  const open = Object.entries(state.phases).find(
    ([, stands]) => stands === 'open' || stands === 'calling-roll',
  );
  if (open !== undefined && now >= minutesAfter(state.phaseSince, deadlines.phaseMinutes)) {
    const message = `phase ${open[0]} is over its ${deadlines.phaseMinutes} minutes`;
    return stopRun(state, now, 'failed', message);
  }
  if (minutesRunning(state, now) > 0 && isOverMinutes(pipeline, state, now)) {
    const message = `the budget of ${budget.jobMinutes} job minutes is spent`;
    return stopRun(state, now, 'failed', message);
  }
  return stopLate(pipeline, state, now);
}

/** The earliest instant at which a tick changes something: a pause is over, or a deadline; null at rest. */
export function nextWake(pipeline: Pipeline, state: RunState): Instant | null {
  const deadline = nextDeadline(pipeline, state);
  const isCalling = Object.values(state.phases).includes('calling-roll');
  const pauses = Object.values(state.tables).flatMap((table) =>
    table.tag === 'waiting' && table.notBefore !== null ? [table.notBefore] : [],
  );
  const times = state.status === 'live' && state.paused === null && !isCalling ? pauses : [];
  return [...times, ...(deadline === null ? [] : [deadline])].sort()[0] ?? null;
}

/** The next instant at which time alone changes something; null for a run at rest. */
function nextDeadline(pipeline: Pipeline, state: RunState): Instant | null {
  const { deadlines, budget } = pipeline;
  if (isAtRest(state.status)) return null;
  if (state.stopping !== null) return minutesAfter(state.stopping.since, STOP_MINUTES);
  const times = [minutesAfter(state.since, deadlines.runMinutes)];
  if (state.status === 'live') {
    times.push(minutesAfter(state.phaseSince, deadlines.phaseMinutes));
    const busy = Object.entries(state.tables).flatMap(([name, table]) =>
      isBusy(table) ? [{ name: name as TableName, table }] : [],
    );
    times.push(...busy.map(({ name, table }) => deadlineOf(pipeline, name, table)));
    if (budget.jobMinutes !== null && busy.length > 0) {
      times.push(whenSpent(budget.jobMinutes - state.spent.jobMinutes, busy));
    }
  }
  return times.sort()[0] ?? null;
}

/** When executions that began at these instants have taken so many minutes together. */
function whenSpent(minutes: number, busy: readonly Readonly<{ table: Busy }>[]): Instant {
  const began = busy.reduce((sum, { table }) => sum + Date.parse(table.since), 0);
  return new Date(Math.ceil((began + minutes * 60_000) / busy.length)).toISOString();
}

export function minutesBetween(from: Instant, to: Instant): number {
  return Math.max(0, (Date.parse(to) - Date.parse(from)) / 60_000);
}

function minutesRunning({ tables }: RunState, now: Instant): number {
  return Object.values(tables).reduce(
    (sum, table) => sum + (isBusy(table) ? minutesBetween(table.since, now) : 0),
    0,
  );
}

function deadlineOf(pipeline: Pipeline, name: TableName, table: Busy): Instant {
  if (table.tag === 'cancelling') return minutesAfter(table.askedAt, STOP_MINUTES);
  const own = tableNamed(pipeline, name)?.job.deadlineMinutes ?? null;
  return minutesAfter(table.since, own ?? pipeline.deadlines.jobMinutes);
}

/** A job over its deadline is asked to stop; it is tried again only when its end is known. */
function stopLate(pipeline: Pipeline, state: RunState, now: Instant): Step | null {
  const effects: Effect[] = [];
  const tables = { ...state.tables };
  for (const [key, table] of Object.entries(state.tables)) {
    const name = key as TableName;
    if (!isBusy(table) || now < deadlineOf(pipeline, name, table)) continue;
    const launch = launchId(state.run, name, table.attempt);
    if (table.tag === 'cancelling') {
      const message = `launch ${launch} was asked to stop ${STOP_MINUTES} minutes ago and goes on`;
      return stopRun(state, now, 'failed', message);
    }
    const { tag: _, ...work } = table;
    const message = `the job did not end by its deadline`;
    tables[name] = { ...work, tag: 'cancelling', askedAt: now, next: 'retry', message };
    effects.push({ kind: 'cancel-launch', table: name, attempt: table.attempt, launch });
  }
  return effects.length === 0 ? null : { state: { ...state, tables }, effects };
}

/** What will not stop is left to a person: the run ends. */
function stillStopping(state: RunState, now: Instant): Step | null {
  const { stopping } = state;
  if (stopping === null || now < minutesAfter(stopping.since, STOP_MINUTES)) return null;
  const left = Object.entries(state.tables).flatMap(([name, table]) =>
    isBusy(table) ? [launchId(state.run, name as TableName, table.attempt)] : [],
  );
  const text = `${stopping.message}; asked to stop ${STOP_MINUTES} minutes ago and going on: ${left.join(', ')}`;
  const tables = { ...state.tables };
  for (const [name, table] of Object.entries(state.tables)) {
    if (!isBusy(table)) continue;
    const { attempt, days } = table;
    tables[name as TableName] = { tag: 'failed', attempt, days, message: 'it did not stop' };
  }
  return {
    state: { ...state, tables, status: 'failed', stopping: null, message: text },
    effects: [{ kind: 'page-human', key: `${state.run}/unstoppable/${state.round}`, text }],
  };
}

export function minutesAfter(instant: Instant, minutes: number): Instant {
  return new Date(Date.parse(instant) + minutes * 60_000).toISOString();
}
