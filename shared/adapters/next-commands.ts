import type { Pipeline } from '../core/pipeline.ts';
import { nextCommands } from '../core/report.ts';
import type { RunState } from '../core/run.ts';
import { inWorld } from '../core/view/in-world.ts';
import { startAgain } from './start-command.ts';

/** What a person who has read the report of a run can do next, as commands for this world; nothing once it has passed. */
export function nextFor(state: RunState, pipeline: Pipeline, world: string): readonly string[] {
  if (state.status === 'cancelled') return [startAgain(state, pipeline, world)];
  const report = inWorld(`npx phasegate report ${state.run}`, world);
  const commands = nextCommands(state).map((command) => inWorld(command, world));
  return commands.filter((command) => command !== report);
}
