import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { resolve } from 'node:path';
import { createInterface } from 'node:readline';
import { freePort } from './free-port.ts';

const FRAMEWORK = resolve('node_modules/@google-cloud/functions-framework/build/src/main.js');

export type Source = Readonly<{
  file: string;
  target: string;
  environment: Readonly<Record<string, string>>;
  /** Where it is to listen; absent means wherever nobody does. */
  port?: number;
}>;

export type Serving = Readonly<{
  url: string;
  port: number;
  /** From the spawn to the line that says that it listens. */
  secondsToListen: number;
  /** From the spawn to now. */
  seconds: () => number;
  /** Ends it at once; when it is asked to end, it leaves what it has compiled where NODE_COMPILE_CACHE says. */
  stop(how: 'at once' | 'asked'): Promise<void>;
}>;

/**
 * Starts functions-framework on one function, in a process that knows nothing of this one but its PATH and HOME.
 *
 * @param onLine told of every line it prints
 * @throws Error with what it printed, when it ends before it listens
 */
export async function serveSource(
  { file, target, environment, ...where }: Source,
  onLine: (line: string) => void = () => {},
): Promise<Serving> {
  const port = where.port ?? (await freePort());
  const { PATH = '', HOME = '' } = process.env;
  const env = { PATH, HOME, ...environment, FUNCTION_TARGET: target };
  const args = [FRAMEWORK, `--source=${file}`, `--target=${target}`, `--port=${port}`];
  const started = process.hrtime.bigint();
  const seconds = () => Number(process.hrtime.bigint() - started) / 1e9;
  const child = spawn(process.execPath, args, { env, stdio: ['ignore', 'pipe', 'pipe'] });
  const follow = () => child.kill('SIGKILL');
  process.once('exit', follow);
  const gone = once(child, 'exit').then(() => process.off('exit', follow));
  let isListening = false;
  const printed: string[] = [];
  const secondsToListen = await new Promise<number>((done, fail) => {
    for (const stream of [child.stdout, child.stderr]) {
      createInterface({ input: stream }).on('line', (line) => {
        if (!isListening) printed.push(line);
        if (line.startsWith('URL: http')) {
          isListening = true;
          done(seconds());
        }
        onLine(line);
      });
    }
    void gone.then(() => fail(new Error(`${target} of ${file} ended: ${printed.join('\n')}`)));
  });
  return {
    url: `http://127.0.0.1:${port}`,
    port,
    secondsToListen,
    seconds,
    async stop(how) {
      child.kill(how === 'asked' ? 'SIGTERM' : 'SIGKILL');
      await gone;
    },
  };
}
