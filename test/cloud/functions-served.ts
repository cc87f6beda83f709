import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { createServer } from 'node:net';
import { resolve } from 'node:path';
import { createInterface } from 'node:readline';

const FRAMEWORK = resolve('node_modules/@google-cloud/functions-framework/build/src/main.js');
const SOURCE = resolve('functions/index.ts');

export type ServedFunction = Readonly<{
  name: string;
  url: string;
  /** Ends the process as `kill -9` does, and starts it anew on the same port. */
  kill(): Promise<void>;
  stop(): Promise<void>;
  /** Every line it has printed. */
  lines: readonly string[];
}>;

/** One function in a process of its own, served by functions-framework as in the cloud. */
export async function serveFunction(
  name: string,
  environment: Readonly<Record<string, string>>,
): Promise<ServedFunction> {
  const port = await freePort();
  const lines: string[] = [];
  let child = await start();

  async function start(): Promise<ChildProcess> {
    const args = [FRAMEWORK, `--source=${SOURCE}`, `--target=${name}`, `--port=${port}`];
    const env = { ...process.env, ...environment, FUNCTION_TARGET: name };
    const started = spawn(process.execPath, args, { env, stdio: ['ignore', 'pipe', 'pipe'] });
    const follow = () => started.kill('SIGKILL');
    process.once('exit', follow);
    started.once('exit', () => process.off('exit', follow));
    const ready = new Promise<void>((done, fail) => {
      for (const stream of [started.stdout, started.stderr]) {
        createInterface({ input: stream }).on('line', (line) => {
          lines.push(line);
          if (line.includes('URL: http')) done();
        });
      }
      started.once('exit', (code) =>
        fail(new Error(`${name} ended (${code}): ${lines.join('\n')}`)),
      );
    });
    await ready;
    return started;
  }

  async function end(signal: NodeJS.Signals): Promise<void> {
    if (child.exitCode !== null || child.signalCode !== null) return;
    const ended = once(child, 'exit');
    child.kill(signal);
    await ended;
  }

  return {
    name,
    url: `http://127.0.0.1:${port}`,
    lines,
    async kill() {
      await end('SIGKILL');
      child = await start();
    },
    stop: () => end('SIGKILL'),
  };
}

async function freePort(): Promise<number> {
  const server = createServer();
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  server.close();
  await once(server, 'close');
  if (address === null || typeof address === 'string') throw new Error('no port');
  return address.port;
}
