import { spawn } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import type { League } from './league.ts';

const MAIN = resolve(import.meta.dirname, '../../shared/cli/main.ts');
const PRELOAD = pathToFileURL(resolve(import.meta.dirname, 'preload.ts')).href;

/** When a process is killed: before the n-th statement that changes its state file, or after a time. */
export type Moment = Readonly<{ statement: number }> | Readonly<{ milliseconds: number }>;

/** How a start ended. `killed`: by us at its moment. `hung`: by us because it took too long. */
export type StartEnd = Readonly<{
  how: 'exited' | 'killed' | 'hung';
  moment: Moment | null;
  code: number | null;
  stdout: string;
  stderr: string;
  milliseconds: number;
}>;

/** Starts the league's run in a process that owns the world, and ends it by `kill -9` at that moment. */
export function startOwner(
  { pipelineName, range, patienceMs }: League,
  directory: string,
  moment: Moment | null,
): Promise<StartEnd> {
  const world = ['--world', `local:${directory}`, '--pipeline', pipelineName];
  const statement = moment !== null && 'statement' in moment ? String(moment.statement) : '';
  const began = performance.now();
  const child = spawn(process.execPath, [MAIN, 'start', ...range, ...world, '--json'], {
    env: {
      ...process.env,
      CI: 'true',
      NODE_OPTIONS: `--import=${PRELOAD}`,
      KILLS_EXECUTIONS: executionsFile(directory),
      KILLS_STATEMENTS: statementsFile(directory),
      KILLS_AT_STATEMENT: statement,
    },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const texts = { stdout: '', stderr: '' };
  const hear = (stream: keyof typeof texts) => (chunk: Buffer) => {
    texts[stream] += chunk;
  };
  child.stdout.on('data', hear('stdout'));
  child.stderr.on('data', hear('stderr'));
  let isHung = false;
  const kill = () => void child.kill('SIGKILL');
  const atMoment =
    moment !== null && 'milliseconds' in moment ? setTimeout(kill, moment.milliseconds) : null;
  const patience = setTimeout(() => {
    isHung = true;
    kill();
  }, patienceMs);
  return new Promise((done) =>
    child.on('close', (code, signal) => {
      if (atMoment !== null) clearTimeout(atMoment);
      clearTimeout(patience);
      const how = isHung ? 'hung' : signal === 'SIGKILL' ? 'killed' : 'exited';
      done({ how, moment, code, ...texts, milliseconds: performance.now() - began });
    }),
  );
}

/** Every execution of a job that began in this world: its launch and its process. */
export function executionsIn(
  directory: string,
): readonly Readonly<{ launch: string; pid: number }>[] {
  const file = executionsFile(directory);
  if (!existsSync(file)) return [];
  const lines = readFileSync(file, 'utf8').split('\n').slice(0, -1);
  return lines.map((line) => {
    const [launch = '', pid = ''] = line.split(' ');
    return { launch, pid: Number(pid) };
  });
}

/** How many statements of the last start that was not killed changed its state file. */
export function statementsIn(directory: string): number {
  return Number(readFileSync(statementsFile(directory), 'utf8'));
}

function executionsFile(directory: string): string {
  return join(directory, 'executions.txt');
}

function statementsFile(directory: string): string {
  return join(directory, 'statements.txt');
}
