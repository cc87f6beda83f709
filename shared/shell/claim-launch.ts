import { unreadyRead } from '../core/changed-upstream.ts';
import { attemptOf, type LaunchId, runOf } from '../core/ids.ts';
import { tableNamed } from '../core/pipeline.ts';
import { isBusy } from '../core/table-state.ts';
import type { World } from '../ports/world.ts';
import { CANCELLED, closeFence } from './launch-lock.ts';

/**
 * Gives a launch to the first execution that asks, and tells every other one whose it is. An execution of a launch
 * that its run asked to stop, or that reads a table which is being looked at again, begins no more, and one that
 * the run gave up writes nothing more.
 *
 * @returns the execution that has the launch; a name that nobody has where none may go on
 */
export async function claimLaunch(
  { runs, pipelineOf }: Pick<World, 'runs' | 'pipelineOf'>,
  launch: LaunchId,
  execution: string,
): Promise<string> {
  const state = await runs.state(runOf(launch));
  if (state === null) return runs.claim(launch, execution);
  const { table: name, attempt } = attemptOf(launch);
  const table = state.tables[name];
  const isAwaited = isBusy(table) && table.attempt === attempt;
  if (!isAwaited) {
    await closeFence(runs, launch);
    return CANCELLED;
  }
  if (table.tag === 'cancelling') await closeFence(runs, launch);
  const own = tableNamed(await pipelineOf(state.definition), name);
  if (own !== undefined && unreadyRead(own, state) !== null) await closeFence(runs, launch);
  return runs.claim(launch, execution);
}
