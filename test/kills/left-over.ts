import { existsSync, readFileSync } from 'node:fs';
import { setTimeout as pause } from 'node:timers/promises';
import { executionsIn } from './owner.ts';

const PATIENCE_MS = 30_000;
const LOOK_MS = 50;

/** Waits until no job of this world runs any more. Those that do not end within half a minute are told, by launch. */
export async function leftOver(
  directory: string,
): Promise<Readonly<{ launches: readonly string[]; milliseconds: number }>> {
  const began = performance.now();
  for (;;) {
    const alive = executionsIn(directory).filter(({ pid }) => isOurs(pid, directory));
    const milliseconds = performance.now() - began;
    if (alive.length === 0 || milliseconds > PATIENCE_MS) {
      return { launches: alive.map(({ launch }) => launch), milliseconds };
    }
    await pause(LOOK_MS);
  }
}

/** A process id may be taken by another process since. */
function isOurs(pid: number, directory: string): boolean {
  try {
    process.kill(pid, 0);
    if (!existsSync('/proc/self/environ')) return true;
    return readFileSync(`/proc/${pid}/environ`, 'utf8').includes(directory);
  } catch {
    return false;
  }
}
