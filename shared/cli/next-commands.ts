import type { Pipeline } from '../core/pipeline.ts';
import { nextCommands } from '../core/report.ts';
import type { RunState } from '../core/run.ts';
import { startAgain } from './start-command.ts';
import { inWorld } from './world-directory.ts';

/** What a person can do next with a run, as commands for this world; nothing once it has passed. */
export function nextFor(state: RunState, pipeline: Pipeline, world: string): readonly string[] {
  if (state.status === 'cancelled') return [startAgain(state, pipeline, world)];
  return nextCommands(state).map((command) => inWorld(command, world));
}
