import { type LaunchId, launchId, type RunId, runOf, type TableName } from '../core/ids.ts';
import type { Instant, RunState } from '../core/run.ts';
import { isBusy } from '../core/table-state.ts';
import type { World } from '../ports/world.ts';
import { STARTS } from './set-going.ts';

/** Since when a lock of a start has been there. */
export type Held = Map<LaunchId, Instant>;

/** Longer than a handler may take: a start that holds its lock for longer died, or slept and will find that it lost it. */
const START_MS = 3 * 60_000;

/**
 * Compares executions and locks with what runs believe: an execution that no run waits for is asked to
 * stop, and a lock whose launch is over, or whose start died, is let go.
 *
 * @param held remembers between calls
 */
export async function sweep(
  { runs, jobs, now }: Pick<World, 'runs' | 'jobs' | 'now'>,
  held: Held,
): Promise<void> {
  const locks = await runs.locks();
  for (const launch of held.keys()) {
    if (!locks.some((lock) => lock.launch === launch)) held.delete(launch);
  }
  const running = await jobs.running();
  if (locks.length === 0 && running.length === 0) return;
  const awaited = new Map<RunId, ReadonlySet<LaunchId>>();
  const isAwaited = async (run: RunId, launch: LaunchId) => {
    const known = awaited.get(run) ?? launchesOf(await runs.state(run));
    awaited.set(run, known);
    return known.has(launch);
  };
  for (const launch of running) {
    if (!(await isAwaited(runOf(launch), launch))) await jobs.cancel(launch);
  }
  for (const { table, launch, run } of locks) {
    if (table === STARTS && !isDead(held, launch, now())) continue;
    if (running.includes(launch) || (await isAwaited(run, launch))) continue;
    await runs.unlock(table, launch);
    held.delete(launch);
  }
}

function isDead(held: Held, launch: LaunchId, now: Instant): boolean {
  const since = held.get(launch) ?? now;
  held.set(launch, since);
  return Date.parse(now) - Date.parse(since) >= START_MS;
}

function launchesOf(state: RunState | null): ReadonlySet<LaunchId> {
  if (state === null) return new Set();
  return new Set(
    Object.entries(state.tables).flatMap(([name, table]) =>
      isBusy(table) ? [launchId(state.run, name as TableName, table.attempt)] : [],
    ),
  );
}
