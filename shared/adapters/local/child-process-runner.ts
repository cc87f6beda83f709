import { type ChildProcess, spawn } from 'node:child_process';
import { appendFileSync, closeSync, mkdirSync, openSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { DatabaseSync } from 'node:sqlite';
import { pathToFileURL } from 'node:url';
import { formatDaySet } from '../../core/day-set.ts';
import { isKind, PhasegateError } from '../../core/errors.ts';
import type { LaunchId } from '../../core/ids.ts';
import type { Bus } from '../../ports/bus.ts';
import type { ExecutionState, JobRunner, Launch } from '../../ports/job-runner.ts';
import { endMessage, type Result, resultOf } from '../job-end.ts';
import { type LaunchCommand, launchCommand } from './launch-command.ts';
import { takeMetrics } from './metrics-file.ts';

const MAX_DAYS_BYTES = 16_384;
const KILL_AFTER_MS = 10_000;

export type RunnerOptions = Readonly<{
  db: DatabaseSync;
  bus: Bus;
  /** Where logs and definitions are written. */
  directory: string;
  /** What a launch without a program executes; `job` and the table's name are appended. */
  command: readonly [string, ...string[]];
  environment: Readonly<Record<string, string>>;
  /** The file holding the definition with this hash. */
  definitionFile: (hash: string) => Promise<string>;
  /** How long a job that was asked to stop may go on; default 10 s. */
  killAfterMilliseconds?: number;
}>;

export type ChildProcessRunner = JobRunner &
  Readonly<{
    /** Ends all children; their launches count as interrupted, unless they were cancelled. */
    close(): Promise<void>;
  }>;

type ExecutionRow = { launch: string; run: string; dataset_table: string; state: string };
type Running = { child: ChildProcess; ended: Promise<void>; stopping: NodeJS.Timeout | null };

/**
 * One child process a launch, under the job contract, in a process group of its own: who stops it stops what it
 * started. Executions that were running when the last owner went away are reported as interrupted: the
 * warehouse they wrote to went with it.
 */
export async function childProcessRunner(options: RunnerOptions): Promise<ChildProcessRunner> {
  const { db, bus, directory, command, environment } = options;
  const killAfterMs = options.killAfterMilliseconds ?? KILL_AFTER_MS;
  const insert = db.prepare(
    `INSERT OR IGNORE INTO execution SELECT :launch, :run, :table, 'running', NULL
     WHERE NOT EXISTS (SELECT 1 FROM cancelled_launch WHERE launch = :launch)`,
  );
  const find = db.prepare('SELECT * FROM execution WHERE launch = ?');
  const findRunning = db.prepare("SELECT * FROM execution WHERE state = 'running'");
  const update = db.prepare('UPDATE execution SET state = ? WHERE launch = ?');
  const forget = db.prepare('DELETE FROM execution WHERE launch = ?');
  const keepCancelled = db.prepare('INSERT OR IGNORE INTO cancelled_launch VALUES (?)');
  const findCancelled = db.prepare('SELECT 1 FROM cancelled_launch WHERE launch = ?');
  const isCancelled = (launch: string) => findCancelled.get(launch) !== undefined;
  const stateOf = (launch: string) =>
    ((find.get(launch) as ExecutionRow | undefined)?.state ?? 'unknown') as ExecutionState;
  const logs = join(directory, 'logs');
  mkdirSync(logs, { recursive: true });
  const metricsFile = (launch: string) => join(logs, `${launch}.metrics.json`);
  const children = new Map<string, Running>();
  let isClosing = false;

  for (const row of findRunning.all() as ExecutionRow[]) {
    const result = isCancelled(row.launch) ? 'cancelled' : 'interrupted';
    await report(row, result, 'the local world was stopped while this job ran');
  }

  async function report(row: ExecutionRow, result: Result, why: string): Promise<void> {
    const { launch, run, dataset_table: table } = row;
    const attempt = Number(launch.slice(launch.lastIndexOf('.') + 1));
    const { metrics, trouble } = takeMetrics(metricsFile(launch));
    if (trouble !== '') appendFileSync(join(logs, `${launch}.log`), `${trouble}\n`);
    const message = [why, trouble].filter((text) => text !== '').join('; ');
    const finished = { run, launch, table, attempt, result, message, metrics };
    await bus.publish('phasegate-job-finished', finished);
    update.run(result === 'succeeded' ? 'succeeded' : 'failed', launch);
  }

  function start(launch: Launch, work: LaunchCommand, definitionFile: string): void {
    const [program, ...args] = work.command;
    const log = openSync(join(logs, `${launch.id}.log`), 'a');
    const child = spawn(program, args, {
      cwd: work.directory,
      env: { ...process.env, ...environment, ...contract(launch, definitionFile) },
      // The channel carries nothing: its end tells our own job that its owner is gone, however that ended.
      stdio: ['ignore', log, log, ...(launch.program === null ? (['ipc'] as const) : [])],
      // A Ctrl-C in the terminal is ours to handle: the job is told when the world closes.
      detached: true,
    });
    closeSync(log);
    const ended = new Promise<void>((resolve) => {
      const end = (result: Result, message: string) => {
        const stopping = children.get(launch.id)?.stopping ?? null;
        children.delete(launch.id);
        if (stopping !== null) {
          clearTimeout(stopping);
          signal(child, 'SIGKILL');
        }
        const row = find.get(launch.id) as ExecutionRow;
        resolve(report(row, result, message));
      };
      const place = work.directory ?? process.cwd();
      child.on('error', ({ message }) =>
        end('transient', `${program} could not be started in ${place}: ${message}`),
      );
      child.on('exit', (code, killedBy) => {
        const message = endMessage(code, killedBy, join(logs, `${launch.id}.log`));
        if (code === 0) end('succeeded', message);
        else if (isCancelled(launch.id)) end('cancelled', message);
        else if (isClosing) end('interrupted', 'the local world was stopped');
        else end(resultOf(code, killedBy), message);
      });
    });
    children.set(launch.id, { child, ended, stopping: null });
  }

  function stop(running: Running): void {
    if (running.stopping !== null) return;
    signal(running.child, 'SIGTERM');
    running.stopping = setTimeout(() => signal(running.child, 'SIGKILL'), killAfterMs);
  }

  function contract(launch: Launch, definitionFile: string): Record<string, string> {
    const days = formatDaySet(launch.days).join(',');
    return {
      PHASEGATE_RUN: launch.run,
      PHASEGATE_LAUNCH: launch.id,
      PHASEGATE_TABLE: launch.table,
      PHASEGATE_DEFINITION: definitionFile,
      PHASEGATE_METRICS_URI: pathToFileURL(metricsFile(launch.id)).href,
      SKIP_DOWNSTREAM_TRIGGER: 'true',
      ...(days.length <= MAX_DAYS_BYTES ? { PHASEGATE_DAYS: days } : daysByFile(launch, days)),
    };
  }

  function daysByFile(launch: Launch, days: string): Record<string, string> {
    const file = join(logs, `${launch.id}.days`);
    writeFileSync(file, days);
    return { PHASEGATE_DAYS_URI: pathToFileURL(file).href };
  }

  return {
    async launch(launch) {
      const definitionFile = await options.definitionFile(launch.definition);
      if (isClosing) throw new PhasegateError('unavailable', 'the local world is being stopped');
      const { id, run, table } = launch;
      const { changes } = insert.run({ launch: id, run, table });
      if (changes === 0 && stateOf(id) === 'unknown') {
        throw new PhasegateError('conflict', `launch ${id} was cancelled before it started`);
      }
      try {
        if (changes > 0) start(launch, launchCommand(launch, command), definitionFile);
      } catch (error) {
        forget.run(id);
        if (isKind(error, 'invalid-input')) throw error;
        throw new PhasegateError('unavailable', `launch ${id} could not be started`, error);
      }
      return { execution: id };
    },

    stateOf: async (launch) => stateOf(launch),

    async cancel(launch) {
      keepCancelled.run(launch);
      const running = children.get(launch);
      if (running !== undefined) stop(running);
      return stateOf(launch);
    },

    async running() {
      return (findRunning.all() as ExecutionRow[]).map(({ launch }) => launch as LaunchId);
    },

    async close() {
      isClosing = true;
      for (const running of children.values()) stop(running);
      await Promise.all([...children.values()].map(({ ended }) => ended));
    },
  };
}

/** To a child and all that it started; to those who are gone it is nothing. */
function signal({ pid }: ChildProcess, name: NodeJS.Signals): void {
  if (pid === undefined) return;
  try {
    process.kill(-pid, name);
  } catch {
    return;
  }
}
