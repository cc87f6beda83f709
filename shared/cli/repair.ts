import type { Pipeline } from '../core/pipeline.ts';
import { isAtRest, type RunState } from '../core/run.ts';
import { pausedLine } from '../core/view/signed-lines.ts';
import type { ExitCode } from './exit-code.ts';
import { goOnCommand } from './go-on.ts';
import type { Output } from './output.ts';
import { type Pointless, type TellOptions, tellRun, wasCancelled } from './tell-run.ts';

/** Wakes a blocked or failed run: bad days first, then all that they made stale, then the gates again. A live run goes on. */
export async function repair(run: string, options: TellOptions, output: Output): Promise<ExitCode> {
  const pointless = (state: RunState, pipeline: Pipeline) => whyNot(state, pipeline, options.world);
  return tellRun(run, { what: 'repair', pointless, moves: true }, options, output);
}

function whyNot(state: RunState, pipeline: Pipeline, world: string): Pointless | null {
  const { status, paused } = state;
  if (status === 'passed') return { why: 'has passed; there is nothing to repair', code: 0 };
  if (status === 'cancelled') return wasCancelled(state, pipeline, world);
  if (paused === null || isAtRest(status)) return null;
  return { why: `is ${pausedLine(paused)}; go on with: ${goOnCommand(state, world)}`, code: 1 };
}
