import { spawn } from 'node:child_process';
import { resolve } from 'node:path';
import { watchMemory } from './memory.ts';

const MAIN = resolve(import.meta.dirname, '../../shared/cli/main.ts');

export type Measured = Readonly<{ seconds: number; peakBytes: number; stdout: string }>;

/** Runs one command of the command line and measures it with all its children. @throws Error when it does not end with 0 */
export function measure(args: readonly string[]): Promise<Measured> {
  return new Promise((done, fail) => {
    const started = process.hrtime.bigint();
    const child = spawn(process.execPath, [MAIN, ...args], {
      env: { ...process.env, CI: 'true' },
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    const stopWatching = watchMemory(child.pid ?? -1);
    const texts = { stdout: '', stderr: '' };
    child.stdout.on('data', (chunk) => (texts.stdout += chunk));
    child.stderr.on('data', (chunk) => (texts.stderr += chunk));
    child.on('close', (code) => {
      const peakBytes = stopWatching();
      const seconds = Number(process.hrtime.bigint() - started) / 1e9;
      if (code === 0) done({ seconds, peakBytes, stdout: texts.stdout });
      else fail(new Error(`phasegate ${args.join(' ')} ended with ${code}\n${texts.stderr}`));
    });
  });
}

export function median(numbers: readonly number[]): number {
  return numbers.toSorted((a, b) => a - b)[Math.floor(numbers.length / 2)] ?? Number.NaN;
}
