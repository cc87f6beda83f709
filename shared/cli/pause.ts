import { isAtRest, type RunState } from '../core/run.ts';
import type { ExitCode } from './exit-code.ts';
import type { Output } from './output.ts';
import { type Pointless, type TellOptions, tellRun } from './tell-run.ts';

/** A paused run launches nothing; jobs that run come to their end. */
export async function pause(run: string, options: TellOptions, output: Output): Promise<ExitCode> {
  const pointless = (state: RunState) =>
    ended(state) ?? (state.paused === null ? null : { why: 'is paused already', code: 0 });
  return tellRun(run, { what: 'pause', pointless, moves: false }, options, output);
}

/** Goes on with a paused run. */
export async function resume(run: string, options: TellOptions, output: Output): Promise<ExitCode> {
  const pointless = (state: RunState) =>
    ended(state) ?? (state.paused === null ? { why: 'is not paused', code: 0 } : null);
  return tellRun(run, { what: 'resume', pointless, moves: true }, options, output);
}

function ended({ status }: RunState): Pointless | null {
  return isAtRest(status) ? { why: `has ended: ${status}; nothing was sent`, code: 1 } : null;
}
