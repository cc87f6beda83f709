import { type ExitCode, exitCodeOfError } from '../../shared/cli/exit-code.ts';
import type { Output } from '../../shared/cli/output.ts';
import { PhasegateError } from '../../shared/core/errors.ts';
import type { Ended, Started } from './phasegate.ts';

/** Runs a command in this process: what it would have written, and its exit code. */
export function here(command: (output: Output) => Promise<ExitCode>): Promise<Ended> {
  return startHere(command).ended;
}

/** Starts a command in this process. A signal reaches every command that runs here. */
export function startHere(command: (output: Output) => Promise<ExitCode>): Started {
  const texts = { stdout: '', stderr: '' };
  const watchers = new Set<() => void>();
  const hear = (stream: keyof typeof texts) => (text: string) => {
    texts[stream] += `${text}\n`;
    for (const watch of watchers) watch();
  };
  const line = hear('stdout');
  const note = hear('stderr');
  const json = (value: unknown) => line(JSON.stringify(value));
  const ended = command({ line, json, note, draw: null, keep: () => undefined })
    .catch((error: unknown) => {
      if (!(error instanceof PhasegateError)) throw error;
      note(error.message);
      return exitCodeOfError(error);
    })
    .then((code) => ({ code, ...texts }));
  const saw = (pattern: RegExp) =>
    new Promise<void>((resolve, reject) => {
      const watch = () => {
        if (pattern.test(texts.stdout + texts.stderr)) resolve();
      };
      watchers.add(watch);
      watch();
      ended.then(() => reject(new Error(`ended without ${pattern}:\n${texts.stderr}`)), reject);
    });
  return { ended, saw, kill: (signal) => void process.emit(signal) };
}
