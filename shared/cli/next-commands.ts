import type { Pipeline } from '../core/pipeline.ts';
import { nextCommands } from '../core/report.ts';
import type { RunState } from '../core/run.ts';
import { startAgain } from './start-command.ts';
import { inWorld } from './world-directory.ts';

/** What a person can do next with a run, as commands for this world; nothing once it has passed. */
export function nextFor(state: RunState, pipeline: Pipeline, world: string): readonly string[] {
  if (state.status === 'cancelled') return [startAgain(state, pipeline, world)];
  const commands = isForRetry(state)
    ? [`npx phasegate explain ${state.run}`, `npx phasegate retry ${state.run}`]
    : nextCommands(state);
  return commands.map((command) => inWorld(command, world));
}

/** Whether jobs failed and no gate refused, so that a retry goes on with the run. */
export function isForRetry({ status, tables }: Pick<RunState, 'status' | 'tables'>): boolean {
  const tags = Object.values(tables).map(({ tag }) => tag);
  const isOver = status === 'blocked' || status === 'failed';
  return isOver && tags.includes('failed') && !tags.includes('blocked');
}
