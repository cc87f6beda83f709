import type { Pipeline } from '../core/pipeline.ts';
import { isAtRest, type RunState } from '../core/run.ts';
import { inWorld } from '../core/view/in-world.ts';
import type { ExitCode } from './exit-code.ts';
import type { Output } from './output.ts';
import { type Pointless, type TellOptions, tellRun, wasCancelled } from './tell-run.ts';

/** Runs the failed tables of a run again, and what waited for them. What a gate refused stays refused: that is for a repair. */
export async function retry(run: string, options: TellOptions, output: Output): Promise<ExitCode> {
  const pointless = (state: RunState, pipeline: Pipeline) => whyNot(state, pipeline, options.world);
  return tellRun(run, { what: 'retry', pointless, moves: true }, options, output);
}

function whyNot(state: RunState, pipeline: Pipeline, world: string): Pointless | null {
  const { run, status, tables } = state;
  if (status === 'passed') return { why: 'has passed; there is nothing to retry', code: 0 };
  if (status === 'cancelled') return wasCancelled(state, pipeline, world);
  if (!isAtRest(status)) return { why: `is ${status}; nothing was sent`, code: 1 };
  const hasFailed = Object.values(tables).some(({ tag }) => tag === 'failed');
  if (status === 'failed' || hasFailed) return null;
  const repair = inWorld(`npx phasegate repair ${run}`, world);
  const why = `has no failed job; what a gate refused is for: ${repair}`;
  return { why, code: 1 };
}
