import { Command, CommanderError } from 'commander';
import { vi } from 'vitest';
import { type ExitCode, exitCodeOfError } from '../../shared/cli/exit-code.ts';
import { addSteppingIn } from '../../shared/cli/stepping-in.ts';
import { PhasegateError } from '../../shared/core/errors.ts';
import type { Ended } from './phasegate.ts';

/** Runs a command by which a person steps in, flags and all, in this process; one at a time. */
export async function stepIn(...args: readonly string[]): Promise<Ended> {
  const texts = { stdout: '', stderr: '' };
  const hearings = (['stdout', 'stderr'] as const).map((stream) =>
    vi.spyOn(process[stream], 'write').mockImplementation((text) => {
      texts[stream] += text;
      return true;
    }),
  );
  let code: ExitCode = 0;
  const program = new Command().exitOverride();
  addSteppingIn(program, (end) => {
    code = end;
  });
  try {
    await program.parseAsync(args, { from: 'user' });
    return { code, ...texts };
  } catch (error) {
    if (error instanceof CommanderError) return { code: 2, ...texts };
    if (!(error instanceof PhasegateError)) throw error;
    return { code: exitCodeOfError(error), ...texts, stderr: `${texts.stderr}${error.message}\n` };
  } finally {
    for (const hearing of hearings) hearing.mockRestore();
  }
}
