import { findOwner } from '../adapters/local/owner-file.ts';
import { isAtRest, type RunState } from '../core/run.ts';
import { CLOUD } from '../core/view/in-world.ts';
import type { RunStore } from '../ports/run-store.ts';
import { goOnCommand } from './go-on.ts';
import { worldDirectory } from './world-directory.ts';

/** That nobody carries these runs on, and what would, for each that is not at rest; empty where somebody does, as in the cloud, or all are. */
export function abandonedLines(
  states: readonly Pick<RunState, 'run' | 'status' | 'paused'>[],
  world: string,
): string[] {
  if (world === CLOUD) return [];
  const open = states.filter(({ status }) => !isAtRest(status));
  if (open.length === 0 || findOwner(worldDirectory(world))?.busUrl != null) return [];
  return [
    'no process runs this world now; go on with:',
    ...open.map((state) => `  ${goOnCommand(state, world)}`),
  ];
}

/** Every run of a world. */
export async function statesIn(runs: RunStore): Promise<readonly RunState[]> {
  const states = [];
  for (const id of await runs.list()) {
    const stored = await runs.load(id);
    if (stored?.state != null) states.push(stored.state);
  }
  return states;
}
