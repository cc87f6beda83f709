import { nextWake } from '../core/advance.ts';
import { launchId, type RunId } from '../core/ids.ts';
import { isAtRest, type RunEvent, type RunState } from '../core/run.ts';
import type { World } from '../ports/world.ts';
import { drain, record } from './drain.ts';

/**
 * Finds what messages may have lost: promises not kept, pauses that are over, executions that ended
 * without saying so. Running it at any time, any number of times, is harmless.
 */
export async function reconcile(world: World): Promise<void> {
  for (const run of await world.runs.list()) {
    const stored = await world.runs.load(run);
    if (stored === null) continue;
    await drain(world, run);
    if (stored.state === null || isAtRest(stored.state.status)) continue;
    const now = world.now();
    const wake = nextWake(stored.state);
    if (wake !== null && wake <= now) {
      await record(world, run, `tick:${now}`, { type: 'clock-ticked', at: now });
    }
    await compareExecutions(world, run, stored.state, now);
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
