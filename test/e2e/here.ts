import { type ExitCode, exitCodeOfError } from '../../shared/cli/exit-code.ts';
import type { Output } from '../../shared/cli/output.ts';
import { PhasegateError } from '../../shared/core/errors.ts';
import { heard } from './heard.ts';
import type { Ended, Started } from './phasegate.ts';

/** Runs a command in this process: what it would have written, and its exit code. */
export function here(command: (output: Output) => Promise<ExitCode>): Promise<Ended> {
  return startHere(command).ended;
}

/** Starts a command in this process. A signal reaches every command that runs here. */
export function startHere(command: (output: Output) => Promise<ExitCode>): Started {
  const { texts, hear, saw } = heard();
  const [out, err] = [hear('stdout'), hear('stderr')];
  const line = (text: string) => out(`${text}\n`);
  const note = (text: string) => err(`${text}\n`);
  const json = (value: unknown) => line(JSON.stringify(value));
  const ended = command({ line, json, note, draw: null, keep: () => undefined })
    .catch((error: unknown) => {
      if (!(error instanceof PhasegateError)) throw error;
      note(error.message);
      return exitCodeOfError(error);
    })
    .then((code) => ({ code, ...texts }));
  return {
    ended,
    saw: (pattern) => saw(pattern, ended),
    kill: (signal) => void process.emit(signal),
  };
}
