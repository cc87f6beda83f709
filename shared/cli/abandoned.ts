import { findOwner } from '../adapters/local/owner-file.ts';
import { isAtRest, type RunState } from '../core/run.ts';
import { worldDirectory } from './world-directory.ts';

/** That nobody carries a run on which is not at its end; null where somebody does, or all are. */
export function abandonedLine(states: readonly RunState[], world: string): string | null {
  const open = states.filter(({ status }) => !isAtRest(status));
  if (open.length === 0 || findOwner(worldDirectory(world))?.busUrl != null) return null;
  return 'no process runs this world now; the same start goes on with the run';
}
