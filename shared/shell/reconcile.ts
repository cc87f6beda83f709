import { nextWake } from '../core/advance.ts';
import { launchId, type RunId } from '../core/ids.ts';
import { openPromises } from '../core/open-promises.ts';
import { type Instant, isAtRest, type RunEvent, type RunState } from '../core/run.ts';
import type { World } from '../ports/world.ts';
import { drain, record } from './drain.ts';
import { perform } from './perform.ts';

/** Since when each run has been at its version. */
export type Watch = Map<RunId, Readonly<{ version: number; since: Instant }>>;

/** An execution that ended says so itself, and says why, if it is given this long. */
const MESSAGE_MS = 5_000;
/** A question that nobody answered for this long is asked again. */
const ANSWER_MS = 60_000;

/**
 * Finds what messages may have lost: promises not kept, pauses that are over, executions that ended
 * without saying so, questions that nobody answered for a minute. Running it at any time, any number
 * of times, is harmless. A run that cannot be reconciled does not keep the others from it.
 *
 * @param watch remembers between calls
 */
export async function reconcile(world: World, watch: Watch): Promise<void> {
  const failures: unknown[] = [];
  for (const run of await world.runs.list()) {
    await reconcileRun(world, watch, run).catch((error: unknown) => failures.push(error));
  }
  if (failures.length > 0) throw failures[0];
}

async function reconcileRun(world: World, watch: Watch, run: RunId): Promise<void> {
  const stored = await world.runs.load(run);
  if (stored === null) return;
  await drain(world, run);
  if (stored.state === null || isAtRest(stored.state.status)) return;
  const now = world.now();
  const wake = nextWake(stored.state);
  if (wake !== null && wake <= now) {
    await record(world, run, `tick:${now}`, { type: 'clock-ticked', at: now });
  }
  const seen = watch.get(run);
  if (seen?.version !== stored.version) {
    watch.set(run, { version: stored.version, since: now });
    return;
  }
  const silenceMs = Date.parse(now) - Date.parse(seen.since);
  if (silenceMs >= MESSAGE_MS) await compareExecutions(world, run, stored.state, now);
  if (silenceMs >= ANSWER_MS) {
    watch.set(run, { version: stored.version, since: now });
    for (const effect of openPromises(stored.state)) await perform(world.bus, run, effect);
  }
}

async function compareExecutions(
  world: World,
  run: RunId,
  state: RunState,
  at: string,
): Promise<void> {
  for (const [name, table] of Object.entries(state.tables)) {
    if (table.tag !== 'running') continue;
    const tableName = name as keyof typeof state.tables;
    const launch = launchId(run, tableName, table.attempt);
    const found = await world.jobs.stateOf(launch);
    if (found === 'running') continue;
    const subject = { table: tableName, attempt: table.attempt, at };
    const event: RunEvent =
      found === 'succeeded'
        ? { type: 'job-succeeded', ...subject }
        : {
            type: 'job-failed',
            ...subject,
            failure: found === 'failed' ? 'transient' : 'interrupted',
            message: `the execution is ${found}`,
          };
    await record(world, run, `${launch}:ended`, event);
  }
}
