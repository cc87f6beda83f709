import { bridge } from '../core/calendar.ts';
import { changedUpstream, judgedReads, unreadyRead } from '../core/changed-upstream.ts';
import { type DaySet, formatDaySet, isEmpty } from '../core/day-set.ts';
import { isKind, PhasegateError } from '../core/errors.ts';
import { launchId, type TableName } from '../core/ids.ts';
import { overBytes } from '../core/limits.ts';
import type { LaunchRequestedMessage } from '../core/messages.ts';
import { type Pipeline, type Table, tableNamed } from '../core/pipeline.ts';
import type { RunState } from '../core/run.ts';
import { isSelectTable, programOf } from '../core/table-job.ts';
import { isBusy } from '../core/table-state.ts';
import type { Lock, RunStore } from '../ports/run-store.ts';
import type { Warehouse } from '../ports/warehouse.ts';
import type { World } from '../ports/world.ts';
import { bytesOfJob } from './bytes-of-job.ts';
import { record } from './drain.ts';
import { lastingTrouble } from './lasting-trouble.ts';
import { closeFence, recordEnd, releaseIfOver, takeLock } from './launch-lock.ts';
import { withdrawBehind } from './publish-verified.ts';
import { remainingDays } from './remaining-days.ts';

/** A table that another launch writes is asked for again after so long, should nobody say before that it is free. */
const LOCKED_MS = 60_000;

/**
 * Launches one table's job, unless the run has moved on since this was asked for, a table that it reads has
 * changed since its gate, or another launch writes the table. Days that an earlier attempt of the same work
 * has written are left out; when none is left, the work is done. A job that would read more bytes than the
 * run's budget has left does not begin: its table has failed. No verified view shows a day that the job
 * will write, or one behind it. The launch holds its days until its end is recorded; one that is given up has
 * its fence closed first, so that a slow handler cannot begin it later.
 */
export async function launchTable(world: World, message: LaunchRequestedMessage): Promise<void> {
  const { run, table: name, attempt, launch } = message;
  const { runs, warehouse } = world;
  const state = await runs.state(run);
  if (state === null) {
    throw new PhasegateError(
      'invalid-input',
      `a launch was asked for run ${run}, which nobody started`,
    );
  }
  const own = state.tables[name];
  if (own?.tag !== 'launching' || own.attempt !== attempt) return releaseIfOver(runs, message);

  if (launch !== launchId(run, name, attempt)) {
    throw new PhasegateError('invalid-input', `launch ${launch} was never asked for`);
  }
  const work = {
    ...message,
    firstAttempt: own.firstAttempt,
    days: bridge(state.calendar, own.days),
  };
  const pipeline = await world.pipelineOf(state.definition);
  const table = tableNamed(pipeline, name);
  if (table === undefined) throw new PhasegateError('bug', `run ${run} has no table ${name}`);
  const subject = { table: name, attempt, at: world.now() };

  const hasBegun = (await world.jobs.stateOf(launch)) !== 'unknown';
  const changed = hasBegun ? null : await changedRead(warehouse, table, state);
  if (changed !== null) return standBack(world, message, changed);
  const held = (await runs.locks()).find((lock) => lock.launch === launch);
  const days = held?.days ?? (await remainingDays(warehouse, work));
  if (isEmpty(days)) {
    if (!(await closeFence(runs, launch))) return;
    return recordEnd(world, message, { type: 'job-succeeded', ...subject });
  }
  const cost = await costOf(world, pipeline, table, days);
  const refusal = hasBegun ? null : (cost.refusal ?? overBytes(pipeline, state, cost.bytes ?? 0));
  if (refusal !== null) {
    if (!(await closeFence(runs, launch))) return;
    const failure = { failure: 'permanent', message: refusal } as const;
    return recordEnd(world, message, { type: 'job-failed', ...subject, ...failure });
  }
  const holder = await takeLock(runs, { table: name, launch, run, days }, table.job.writers);
  if (holder !== null) {
    if (!(await closeFence(runs, launch))) return;
    const retryAt = new Date(Date.parse(subject.at) + LOCKED_MS).toISOString();
    const failure = { failure: 'not-ready', message: waitsFor(holder), retryAt } as const;
    return recordEnd(world, message, { type: 'job-failed', ...subject, ...failure });
  }
  const latest = await stillAsked(runs, message);
  if (latest === null) return;
  const unready = hasBegun ? null : unreadyRead(table, latest);
  if (unready !== null) return standBack(world, message, { upstream: unready });
  const written = new Map([[name, days]]);
  await withdrawBehind(warehouse, pipeline, written, state.calendar, { fence: false });
  const { definition, image } = state;
  const program = programOf(table, state);
  let execution: string;
  try {
    const job = { id: launch, run, table: name, attempt, days, definition, image, program };
    ({ execution } = await world.jobs.launch(job));
  } catch (error) {
    const isCancelled = isKind(error, 'conflict');
    if (!isCancelled && !isKind(error, 'invalid-input')) throw error;
    const failure = isCancelled ? 'cancelled' : 'permanent';
    const event = { type: 'job-failed', ...subject, failure, message: error.message } as const;
    return recordEnd(world, message, event);
  }
  await record(world, run, `${launch}:confirmed`, {
    type: 'launch-confirmed',
    ...subject,
    execution,
    ...(cost.bytes === null ? {} : { bytes: cost.bytes }),
  });
  await releaseIfOver(runs, message);
}

/** What the job will read, null where nobody counts or can tell, as of a program; a refusal where the warehouse says that it never can. */
async function costOf(
  { warehouse }: World,
  { budget }: Pipeline,
  table: Table,
  days: DaySet,
): Promise<Readonly<{ bytes: number | null; refusal: string | null }>> {
  if (budget.bytes === null || !isSelectTable(table)) return { bytes: null, refusal: null };
  try {
    return { bytes: await bytesOfJob(warehouse, table, days), refusal: null };
  } catch (error) {
    return { bytes: null, refusal: lastingTrouble(error) };
  }
}

/** Much may have happened while the lock was waited for. A launch that its run gave up lets go of it. */
async function stillAsked(
  runs: RunStore,
  { run, table, attempt, launch }: LaunchRequestedMessage,
): Promise<RunState | null> {
  const state = await runs.state(run);
  const own = state?.tables[table];
  if (own?.tag === 'launching' && own.attempt === attempt) return state;
  if (!isBusy(own) || own.attempt !== attempt) await runs.unlock(table, launch);
  return null;
}

/** A table that the launch was to read, and what of its judgement no longer holds; without: it is being looked at again. */
type ChangedRead = Readonly<{ upstream: TableName; token?: string }>;

async function changedRead(
  warehouse: Warehouse,
  table: Table,
  state: RunState,
): Promise<ChangedRead | null> {
  const unready = unreadyRead(table, state);
  if (unready !== null) return { upstream: unready };
  const reads = judgedReads(table, state);
  if (reads.length === 0) return null;
  const states = await warehouse.dayStates(reads.map(({ upstream }) => upstream));
  return changedUpstream(reads, state, states);
}

/** Says what has changed, and never begins. */
async function standBack(
  world: World,
  { run, table, attempt, launch }: LaunchRequestedMessage,
  changed: ChangedRead,
): Promise<void> {
  const { runs, now } = world;
  if (!(await closeFence(runs, launch))) return;
  const event = { type: 'upstream-changed', table, attempt, ...changed, at: now() } as const;
  await record(world, run, `${launch}:upstream-changed`, event);
  await runs.unlock(table, launch);
}

function waitsFor({ table, run, launch, days }: Lock): string {
  const spans = formatDaySet(days);
  const more = spans.length > 3 ? ` and ${spans.length - 3} more spans` : '';
  return `run ${run} writes ${table} on ${spans.slice(0, 3).join(', ')}${more} (launch ${launch}); this launch waits for it`;
}
