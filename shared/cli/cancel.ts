import { isAtRest, type RunState } from '../core/run.ts';
import type { ExitCode } from './exit-code.ts';
import type { Output } from './output.ts';
import { type Pointless, type TellOptions, tellRun } from './tell-run.ts';

/** Stops a run and the jobs it runs. What they wrote stays, unverified. 0 when the run has it, and once it is cancelled. */
export async function cancel(run: string, options: TellOptions, output: Output): Promise<ExitCode> {
  const codeOf = ({ status }: RunState): ExitCode => (status === 'cancelled' ? 0 : 1);
  return tellRun(run, { what: 'cancel', pointless, moves: true, codeOf }, options, output);
}

function pointless({ status }: RunState): Pointless | null {
  if (status === 'cancelled') return { why: 'is cancelled already', code: 0 };
  return isAtRest(status) ? { why: `has ended: ${status}; nothing was sent`, code: 1 } : null;
}
