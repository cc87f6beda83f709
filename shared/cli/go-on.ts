import type { RunState } from '../core/run.ts';
import { inWorld } from '../core/view/in-world.ts';

/** The command that carries a run which is not at rest to its end, whoever left it; a paused one waits for a resume. */
export function goOnCommand(
  { run, paused }: Pick<RunState, 'run' | 'paused'>,
  world: string,
): string {
  return inWorld(`npx phasegate ${paused === null ? 'repair' : 'resume'} ${run}`, world);
}
