import { advance } from './advance.ts';
import { NO_DAYS } from './day-set.ts';
import { asked } from './decide-asked.ts';
import { gateJudged, rollCalled } from './decide-gate.ts';
import { jobFailed, jobSucceeded, launchConfirmed } from './decide-job.ts';
import { outcomesRead, outcomesUnreadable } from './decide-plan.ts';
import { upstreamChanged } from './decide-upstream.ts';
import { assertNever } from './errors.ts';
import type { PhaseName } from './ids.ts';
import { overdue } from './limits.ts';
import type { Pipeline } from './pipeline.ts';
import { tablesOfRun } from './plan.ts';
import {
  type Instant,
  isAtRest,
  type PhaseState,
  type RunState,
  type Step,
  UNTOUCHED,
} from './run.ts';
import type { EventOf, RunEvent } from './run-event.ts';
import { waitingFor } from './table-state.ts';

/**
 * Every judgement the orchestrator makes. Pure: time and data come in as events. An event that no
 * longer fits (a second delivery, an attempt that is over, an earlier round) changes nothing and
 * asks for nothing; the state returned is then the very one that came in.
 *
 * @param state null before the first event of the run
 */
export function decide(pipeline: Pipeline, state: RunState | null, event: RunEvent): Step | null {
  const step = decided(pipeline, state, event);
  return step === null || step.state === state ? step : settled(state, step, event.at);
}

/** A run that comes to rest notes when, and is paused no more. */
function settled(before: RunState | null, { state, effects }: Step, at: Instant): Step {
  if (!isAtRest(state.status)) {
    return state.endedAt === null
      ? { state, effects }
      : { state: { ...state, endedAt: null }, effects };
  }
  const rested = before !== null && isAtRest(before.status) && before.round === state.round;
  if (rested) return { state, effects };
  return { state: { ...state, endedAt: at, paused: null }, effects };
}

function decided(pipeline: Pipeline, state: RunState | null, event: RunEvent): Step | null {
  if (event.type === 'run-requested') return runRequested(pipeline, state, event);
  if (state === null) return null;
  switch (event.type) {
    case 'outcomes-read':
      return answered(state, event, (paid) => outcomesRead(pipeline, paid, event));
    case 'outcomes-unreadable':
      return answered(state, {}, (paid) => outcomesUnreadable(paid, event));
    case 'gate-waiting':
      return gateWaiting(state, event);
    case 'launch-confirmed':
      return launchConfirmed(pipeline, state, event);
    case 'job-succeeded':
      return jobSucceeded(pipeline, state, event);
    case 'job-failed':
      return jobFailed(pipeline, state, event);
    case 'gate-judged':
      return answered(state, event, (paid) => gateJudged(pipeline, paid, event));
    case 'roll-called':
      return answered(state, event, (paid) => rollCalled(pipeline, paid, event));
    case 'upstream-changed':
      return upstreamChanged(pipeline, state, event);
    case 'clock-ticked':
      return ticked(pipeline, state, event.at);
    case 'repair-requested':
    case 'retry-requested':
    case 'cancel-requested':
    case 'pause-requested':
    case 'resume-requested':
    case 'override-signed':
    case 'signed-off':
      return asked(pipeline, state, event);
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
  return {
    state: {
      schema: 2,
      run: event.run,
      request: event.request,
      definition: event.definition,
      ...(event.startedWith === undefined ? {} : { startedWith: event.startedWith }),
      plan: event.plan ?? null,
      image: event.image ?? null,
      ...(event.version === undefined ? {} : { version: event.version }),
      status: 'reading',
      since: event.at,
      endedAt: null,
      round: 1,
      calendar: { seasons: [] },
      phases: phasesOf(tables.map((table) => table.phase)),
      phaseSince: event.at,
      tables: Object.fromEntries(tables.map((table) => [table.name, waitingFor(NO_DAYS, 0)])),
      ...UNTOUCHED,
      message: null,
      waitingFor: null,
    },
    effects: [{ kind: 'read-outcomes', round: 1 }],
  };
}

/** Where time alone changes nothing, the state that came in. */
function ticked(pipeline: Pipeline, state: RunState, at: Instant): Step {
  const step = overdue(pipeline, state, at) ?? advance(pipeline, state, at);
  return step.effects.length === 0 && isSame(step.state, state, 2) ? { state, effects: [] } : step;
}

/** Whether two values hold the very same ones, so many levels down. */
function isSame(one: unknown, other: unknown, levels: number): boolean {
  if (one === other) return true;
  if (levels === 0 || !isRecord(one) || !isRecord(other)) return false;
  const keys = Object.keys(one);
  if (keys.length !== Object.keys(other).length) return false;
  return keys.every((key) => isSame(one[key], other[key], levels - 1));
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null;
}

function phasesOf(names: readonly PhaseName[]): Record<PhaseName, PhaseState> {
  return Object.fromEntries(names.map((name) => [name, 'waiting']));
}

function gateWaiting(state: RunState, event: EventOf<'gate-waiting'>): Step {
  const isAsking = state.status === 'reading' || state.status === 'live';
  if (!isAsking || state.round !== event.round) return { state, effects: [] };
  return { state: { ...state, waitingFor: event.job }, effects: [] };
}

/** A question that was answered waits for nothing, and what it read is paid for; an answer that no longer fits changes nothing. */
function answered(
  state: RunState,
  { bytes = 0 }: Readonly<{ bytes?: number }>,
  fold: (paid: RunState) => Step,
): Step {
  const spent = { ...state.spent, bytes: state.spent.bytes + bytes };
  const paid = { ...state, waitingFor: null, spent };
  const step = fold(paid);
  return step.state === paid ? { state, effects: [] } : step;
}
