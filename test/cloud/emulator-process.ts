import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { freePort } from './free-port.ts';

const START_MS = 30_000;
const STOP_MS = 5_000;
const POLL_MS = 50;
const KEPT_LOG = 4_000;

/** Ends its whole group when the command ends, and when whoever holds the other end of its stdin is gone. */
const BOUND_TO_US = '{ "$@"; kill -TERM 0; } & cat > /dev/null; kill -KILL 0';

export type Emulator = Readonly<{
  /** `127.0.0.1:PORT` */
  host: string;
  /** Resolves when its processes are gone and its port is free. Stopping twice is fine. */
  stop(): Promise<void>;
}>;

/** It ended before it answered. */
export class NotStarted extends Error {}

/**
 * Starts an emulator in a process group of its own, which ends with this process however that ends.
 *
 * @param command given a free port and an empty directory
 * @throws NotStarted with the end of its log, when it does not answer `Ok` within 30 s
 */
export async function startEmulator(
  command: (port: number, directory: string) => readonly string[],
  env: NodeJS.ProcessEnv,
): Promise<Emulator> {
  const directory = mkdtempSync(join(tmpdir(), 'phasegate-emulator-'));
  const port = await freePort();
  const child = spawn('sh', ['-c', BOUND_TO_US, 'emulator', ...command(port, directory)], {
    detached: true,
    cwd: directory,
    env: { ...env, CLOUDSDK_CONFIG: directory },
  });
  let log = '';
  for (const stream of [child.stdout, child.stderr]) {
    stream.on('data', (text) => {
      log = `${log}${text}`.slice(-KEPT_LOG);
    });
  }
  const gone = once(child, 'close').then(() =>
    rmSync(directory, { recursive: true, force: true, maxRetries: 3 }),
  );
  const stop = () => ended(child, gone);
  const host = `127.0.0.1:${port}`;
  try {
    await Promise.race([
      answers(host),
      gone.then(() => Promise.reject(new NotStarted('it ended at once'))),
    ]);
  } catch (error) {
    await stop();
    throw new NotStarted(`the emulator on ${host} does not answer; its log ends: ${log}`, {
      cause: error,
    });
  }
  return { host, stop };
}

async function answers(host: string): Promise<void> {
  const deadline = Date.now() + START_MS;
  while (!(await isOk(host))) {
    if (Date.now() > deadline) throw new NotStarted(`no answer within ${START_MS} ms`);
    await new Promise((resolve) => setTimeout(resolve, POLL_MS));
  }
}

async function isOk(host: string): Promise<boolean> {
  try {
    const answer = await fetch(`http://${host}/`, { signal: AbortSignal.timeout(1_000) });
    return (await answer.text()).trim() === 'Ok';
  } catch {
    return false;
  }
}

/** All output is closed only when the last process of the group is gone. */
async function ended(child: ChildProcess, gone: Promise<void>): Promise<void> {
  signal(child, 'SIGTERM');
  const killing = setTimeout(() => signal(child, 'SIGKILL'), STOP_MS);
  await gone;
  clearTimeout(killing);
}

function signal({ pid }: ChildProcess, name: NodeJS.Signals): void {
  try {
    if (pid !== undefined) process.kill(-pid, name);
  } catch {
    // The group is gone already.
  }
}
