import { neglectAlert } from '../core/death.ts';
import { decide } from '../core/decide.ts';
import { isKind } from '../core/errors.ts';
import { launchId, type RunId } from '../core/ids.ts';
import { nextWake } from '../core/limits.ts';
import { openPromises } from '../core/open-promises.ts';
import { type Instant, isAtRest, type RunState } from '../core/run.ts';
import type { JobFailure, RunEvent } from '../core/run-event.ts';
import type { ExecutionState } from '../ports/job-runner.ts';
import type { World } from '../ports/world.ts';
import { cancelLaunch } from './cancel-launch.ts';
import { drain, record } from './drain.ts';
import { recordEnd } from './launch-lock.ts';
import { perform } from './perform.ts';
import { type Held, sweep } from './sweep.ts';

/** What a reconciler remembers: since when it has seen what is not as it should be, and the locks of starts. */
export type Watch = Readonly<{
  runs: Map<RunId, Map<string, Instant>>;
  held: Held;
}>;

export function newWatch(): Watch {
  return { runs: new Map(), held: new Map() };
}

/** An execution that ended says so itself, and says why, if it is given this long. */
const MESSAGE_MS = 5_000;
/** A question that nobody answered for this long is asked again. */
const ANSWER_MS = 60_000;

/**
 * Finds what messages may have lost: promises not kept, pauses and deadlines that are over, executions
 * that ended without saying so or that nobody waits for, questions that nobody answered for a minute.
 * Running it at any time, any number of times, is harmless. A run that cannot be reconciled does not keep the others from it.
 *
 * @param watch remembers between calls
 */
export async function reconcile(world: World, watch: Watch): Promise<void> {
  const failures: unknown[] = [];
  const unfinished = await world.runs.unfinished();
  for (const run of watch.runs.keys()) if (!unfinished.includes(run)) watch.runs.delete(run);
  for (const run of unfinished) {
    await reconcileRun(world, watch, run).catch(async (error: unknown) => {
      failures.push(error);
      await pageLasting(world, run, error).catch((trouble: unknown) => failures.push(trouble));
    });
  }
  await sweep(world, watch.held).catch((error: unknown) => failures.push(error));
  if (failures.length > 0) throw failures[0];
}

/** A run that nobody can look after any more has no deadline either: a person has to know. */
async function pageLasting({ notifier }: World, run: RunId, error: unknown): Promise<void> {
  if (isKind(error, 'unavailable') || isKind(error, 'conflict')) return;
  const why = error instanceof Error ? error.message : String(error);
  await notifier.tell(neglectAlert(run, why));
}

async function reconcileRun(world: World, watch: Watch, run: RunId): Promise<void> {
  const stored = await world.runs.load(run);
  if (stored === null) return;
  if (stored.inbox.length + stored.outbox.length > 0) await drain(world, run);
  if (stored.state === null || isAtRest(stored.state.status)) return;
  const now = world.now();
  const pipeline = await world.pipelineOf(stored.state.definition);
  const wake = nextWake(pipeline, stored.state);
  const tick: RunEvent = { type: 'clock-ticked', at: now };
  if (
    wake !== null &&
    wake <= now &&
    decide(pipeline, stored.state, tick)?.state !== stored.state
  ) {
    await record(world, run, `tick:${now}`, tick);
  }
  const before = watch.runs.get(run) ?? new Map<string, Instant>();
  const seen = new Map<string, Instant>();
  watch.runs.set(run, seen);
  /** Whether this has been so for so long, or nobody can tell because the clock went back. */
  const lasts = (what: string, milliseconds: number) => {
    const since = before.get(what) ?? now;
    const isOver = Math.abs(Date.parse(now) - Date.parse(since)) >= milliseconds;
    seen.set(what, isOver ? now : since);
    return isOver;
  };
  await compareExecutions(world, run, stored.state, now, (what) => lasts(what, MESSAGE_MS));
  for (const effect of openPromises(stored.state)) {
    if (lasts(JSON.stringify(effect), ANSWER_MS)) await perform(world, run, effect);
  }
}

async function compareExecutions(
  world: World,
  run: RunId,
  state: RunState,
  at: string,
  lasts: (what: string) => boolean,
): Promise<void> {
  for (const [name, table] of Object.entries(state.tables)) {
    if (table.tag !== 'running' && table.tag !== 'cancelling') continue;
    const tableName = name as keyof typeof state.tables;
    const launch = launchId(run, tableName, table.attempt);
    const found = await world.jobs.stateOf(launch);
    if (found === 'running' || !lasts(`${launch} ${found}`)) continue;
    if (found === 'unknown' && table.tag === 'cancelling') {
      const { attempt } = table;
      await cancelLaunch(world, { run, table: tableName, attempt, launch, cancel: true });
      continue;
    }
    const subject = { table: tableName, attempt: table.attempt, at };
    const event: RunEvent =
      found === 'succeeded'
        ? { type: 'job-succeeded', ...subject }
        : {
            type: 'job-failed',
            ...subject,
            failure: failureOf(table.tag, found),
            message: `the execution is ${found}`,
          };
    await recordEnd(world, { run, table: tableName, launch }, event);
  }
}

/** Of an execution that is over without a message; it was asked to stop, or it failed, or it vanished. */
function failureOf(tag: 'running' | 'cancelling', found: ExecutionState): JobFailure {
  if (tag === 'cancelling') return 'cancelled';
  return found === 'failed' ? 'transient' : 'interrupted';
}
