import { type DaySpan, intersect, isEmpty } from '../core/day-set.ts';
import type { LaunchId, RunId, TableName } from '../core/ids.ts';
import type { RunEvent } from '../core/run-event.ts';
import type { Lock, RunStore } from '../ports/run-store.ts';
import type { World } from '../ports/world.ts';
import { record } from './drain.ts';

type Launched = Readonly<{ run: RunId; table: TableName; launch: LaunchId }>;

/** Under this name nobody executes: a launch that has it as its execution never does any work. */
export const CANCELLED = 'cancelled';

/** Sees that no execution begins the launch any more. False when one has begun it. */
export async function closeFence(
  runs: Pick<RunStore, 'claim'>,
  launch: LaunchId,
): Promise<boolean> {
  return (await runs.claim(launch, CANCELLED)) === CANCELLED;
}

/** The one fact that says that a launch is over. */
export function endedFact(launch: LaunchId): string {
  return `${launch}:ended`;
}

/** Records how a launch ended, and only then lets go of what it held. Of two ends the first counts. */
export async function recordEnd(
  world: Pick<World, 'runs' | 'bus' | 'pipelineOf'>,
  { run, table, launch }: Launched,
  event: RunEvent,
): Promise<void> {
  await record(world, run, endedFact(launch), event);
  await world.runs.unlock(table, launch);
}

/**
 * Takes a lock. One whose launch is over, and that nobody let go of yet, is in nobody's way.
 *
 * @returns null when it is taken, otherwise a lock that is in the way
 */
export async function takeLock(runs: RunStore, lock: Lock, writers: number): Promise<Lock | null> {
  for (;;) {
    const holder = await runs.lock(lock, writers);
    if (holder === null || !(await isOver(runs, holder))) return holder;
    await runs.unlock(holder.table, holder.launch);
  }
}

/**
 * A launch that may still write days of one of these tables in the range, as one may that was asked to stop, went on
 * and was given up; null when there is none.
 */
export async function writerOf(
  runs: RunStore,
  tables: readonly TableName[],
  range: DaySpan,
): Promise<LaunchId | null> {
  for (const lock of await runs.locks()) {
    if (!tables.includes(lock.table) || isEmpty(intersect(lock.days, [range]))) continue;
    if (!(await isOver(runs, lock))) return lock.launch;
  }
  return null;
}

/** Lets go of what a launch holds if it is over. */
export async function releaseIfOver(runs: RunStore, launched: Launched): Promise<void> {
  if (await isOver(runs, launched)) await runs.unlock(launched.table, launched.launch);
}

/** Whether the end of a launch is known. */
function isOver(runs: RunStore, { run, launch }: Launched): Promise<boolean> {
  return runs.knows(run, endedFact(launch));
}
