import { type ChildProcess, spawn } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { closeSync, openSync } from 'node:fs';
import { join } from 'node:path';

/** A Cloud Run job as it would be deployed; its command is run by this Node. */
export type DeclaredJob = Readonly<{
  command: readonly [string, ...string[]];
  image?: string;
  maxRetries?: number;
  taskCount?: number;
  timeoutSeconds?: number;
  environment?: Readonly<Record<string, string>>;
}>;

export type RunRequest = Readonly<{
  environment: Readonly<Record<string, string>>;
  timeoutSeconds?: number;
}>;

export type RunTask = {
  index: number;
  startedAt: number;
  completedAt: number | null;
  exitCode: number | null;
  signal: NodeJS.Signals | null;
};

export type RunExecution = {
  job: string;
  name: string;
  createdAt: number;
  completedAt: number | null;
  /** From when on lists show it. */
  listedAt: number;
  environment: Readonly<Record<string, string>>;
  timeoutSeconds: number;
  isCancelled: boolean;
  tasks: RunTask[];
  ended: Promise<void>;
  /** To what its tasks started, and all that those started. */
  signal(name: NodeJS.Signals): void;
};

type Surroundings = Readonly<{ graceMs: number; logs: string | null }>;

/** Begins one child process a task, which knows nothing of this process but its PATH. */
export function beginExecution(
  job: string,
  declared: DeclaredJob,
  request: RunRequest,
  { graceMs, logs }: Surroundings,
): RunExecution {
  const name = `${job}-${randomBytes(3).toString('hex').slice(0, 5)}`;
  const timeoutSeconds = request.timeoutSeconds ?? declared.timeoutSeconds ?? 600;
  const environment = { ...declared.environment, ...request.environment };
  const children: ChildProcess[] = [];
  const signal = (what: NodeJS.Signals) => {
    for (const child of children) if (child.exitCode === null) kill(child, what);
  };
  const count = declared.taskCount ?? 1;
  const startedAt = Date.now();
  const tasks = Array.from({ length: count }, (_, index): RunTask => {
    return { index, startedAt, completedAt: null, exitCode: null, signal: null };
  });
  const ends = tasks.map((task) => {
    const log = logs === null ? null : openSync(join(logs, `${name}-${task.index}.log`), 'a');
    const child = spawn(process.execPath, [...declared.command], {
      env: {
        PATH: process.env.PATH,
        HOME: process.env.HOME,
        ...environment,
        CLOUD_RUN_JOB: job,
        CLOUD_RUN_EXECUTION: name,
        CLOUD_RUN_TASK_INDEX: String(task.index),
        CLOUD_RUN_TASK_COUNT: String(count),
        CLOUD_RUN_TASK_ATTEMPT: '0',
      },
      stdio: ['ignore', log ?? 'ignore', log ?? 'ignore'],
      detached: true,
    });
    if (log !== null) closeSync(log);
    children.push(child);
    return endOf(child, task, timeoutSeconds * 1000, graceMs);
  });
  const execution: RunExecution = {
    job,
    name,
    createdAt: startedAt,
    completedAt: null,
    listedAt: startedAt,
    environment,
    timeoutSeconds,
    isCancelled: false,
    tasks,
    ended: Promise.all(ends).then(() => {
      execution.completedAt = Date.now();
    }),
    signal,
  };
  return execution;
}

/** Asks to stop; who takes no notice for so long is ended. */
export function stopExecution(execution: RunExecution, graceMs: number): void {
  execution.isCancelled = true;
  execution.signal('SIGTERM');
  const kill = setTimeout(() => execution.signal('SIGKILL'), graceMs);
  void execution.ended.then(() => clearTimeout(kill));
}

function endOf(child: ChildProcess, task: RunTask, timeoutMs: number, graceMs: number) {
  return new Promise<void>((resolve) => {
    let killing: NodeJS.Timeout | undefined;
    const timeout = setTimeout(() => {
      kill(child, 'SIGTERM');
      killing = setTimeout(() => kill(child, 'SIGKILL'), graceMs);
    }, timeoutMs);
    const end = (exitCode: number | null, signal: NodeJS.Signals | null) => {
      clearTimeout(timeout);
      clearTimeout(killing);
      Object.assign(task, { exitCode, signal, completedAt: Date.now() });
      resolve();
    };
    child.on('error', () => end(127, null));
    child.on('exit', end);
  });
}

function kill({ pid }: ChildProcess, signal: NodeJS.Signals): void {
  if (pid === undefined) return;
  try {
    process.kill(-pid, signal);
  } catch {
    return;
  }
}
