import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { freePort } from '../cloud/free-port.ts';
import { ROOT } from './scratch.ts';

const MAIN = 'node_modules/@google-cloud/functions-framework/build/src/main.js';
const DEADLINE_MS = 30_000;

export type Served = Readonly<{ url: string; stop(): Promise<void> }>;

type How = Readonly<{
  environment?: Readonly<Record<string, string>>;
  /** A command that runs the server as the rest of its arguments. */
  under?: readonly string[];
}>;

/** Serves one function of a deployed source, as the runtime in the cloud does. */
export async function servedBy(
  source: string,
  target: string,
  { environment = {}, under = [] }: How = {},
): Promise<Served> {
  const port = await freePort();
  const server = [process.execPath, join(ROOT, MAIN), '--target', target];
  const [command = '', ...args] = [...under, ...server];
  const child = spawn(command, args, {
    cwd: source,
    env: { ...process.env, ...environment, PORT: String(port), METADATA_SERVER_DETECTION: 'none' },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let log = '';
  for (const stream of [child.stdout, child.stderr]) stream.on('data', (text) => (log += text));
  const ended = once(child, 'exit');
  const url = `http://127.0.0.1:${port}`;
  const until = Date.now() + DEADLINE_MS;
  while (!(await answers(url))) {
    if (child.exitCode !== null || Date.now() > until) {
      child.kill('SIGKILL');
      throw new Error(`functions-framework does not serve ${target}: ${log.slice(-2_000)}`);
    }
    await Promise.race([ended, new Promise((again) => setTimeout(again, 20))]);
  }
  const stop = async () => {
    child.kill('SIGTERM');
    await ended;
  };
  return { url, stop };
}

async function answers(url: string): Promise<boolean> {
  return fetch(url).then(
    () => true,
    () => false,
  );
}
