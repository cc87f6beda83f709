import { type ChildProcess, spawn } from 'node:child_process';
import { appendFileSync, closeSync, mkdirSync, openSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { DatabaseSync } from 'node:sqlite';
import { pathToFileURL } from 'node:url';
import { formatDaySet } from '../../core/day-set.ts';
import { PhasegateError } from '../../core/errors.ts';
import type { JobFinishedMessage } from '../../core/messages.ts';
import type { Bus } from '../../ports/bus.ts';
import type { ExecutionState, JobRunner, Launch } from '../../ports/job-runner.ts';
import { takeMetrics } from './metrics-file.ts';

const MAX_DAYS_BYTES = 16_384;

export type RunnerOptions = Readonly<{
  db: DatabaseSync;
  bus: Bus;
  /** Where logs and definitions are written. */
  directory: string;
  /** What a launch executes; `job` and the table's name are appended. */
  command: readonly [string, ...string[]];
  environment: Readonly<Record<string, string>>;
  /** The file holding the definition with this hash. */
  definitionFile: (hash: string) => Promise<string>;
}>;

export type ChildProcessRunner = JobRunner &
  Readonly<{
    /** Ends all children; their launches count as interrupted. */
    close(): Promise<void>;
  }>;

type ExecutionRow = { launch: string; run: string; dataset_table: string; state: string };
type Result = JobFinishedMessage['result'];

/**
 * One child process a launch, under the job contract. Executions that were running when the last
 * owner went away are reported as interrupted: the warehouse they wrote to went with it.
 */
export async function childProcessRunner(options: RunnerOptions): Promise<ChildProcessRunner> {
  const { db, bus, directory, command, environment } = options;
  const insert = db.prepare("INSERT OR IGNORE INTO execution VALUES (?, ?, ?, 'running', NULL)");
  const find = db.prepare('SELECT * FROM execution WHERE launch = ?');
  const findRunning = db.prepare("SELECT * FROM execution WHERE state = 'running'");
  const update = db.prepare('UPDATE execution SET state = ? WHERE launch = ?');
  const forget = db.prepare('DELETE FROM execution WHERE launch = ?');
  const logs = join(directory, 'logs');
  mkdirSync(logs, { recursive: true });
  const metricsFile = (launch: string) => join(logs, `${launch}.metrics.json`);
  const children = new Map<string, { child: ChildProcess; ended: Promise<void> }>();
  let isClosing = false;

  for (const row of findRunning.all() as ExecutionRow[]) {
    await report(row, 'interrupted', 'the local world was stopped while this job ran');
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

  function start(launch: Launch, definitionFile: string): void {
    const [program, ...args] = command;
    const log = openSync(join(logs, `${launch.id}.log`), 'a');
    const child = spawn(program, [...args, 'job', launch.table], {
      env: { ...process.env, ...environment, ...contract(launch, definitionFile) },
      stdio: ['ignore', log, log],
      // A Ctrl-C in the terminal is ours to handle: the job is told when the world closes.
      detached: true,
    });
    closeSync(log);
    const ended = new Promise<void>((resolve) => {
      const end = (result: Result, message: string) => {
        children.delete(launch.id);
        const row = find.get(launch.id) as ExecutionRow;
        resolve(report(row, result, message));
      };
      child.on('error', (error) => end('transient', error.message));
      child.on('exit', (code, signal) => {
        if (isClosing && code !== 0) end('interrupted', 'the local world was stopped');
        else end(resultOf(code, signal), endMessage(code, signal, join(logs, `${launch.id}.log`)));
      });
    });
    children.set(launch.id, { child, ended });
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
      if (isClosing) throw new PhasegateError('unavailable', 'the local world is being stopped');
      const definitionFile = await options.definitionFile(launch.definition);
      const { changes } = insert.run(launch.id, launch.run, launch.table);
      try {
        if (changes > 0) start(launch, definitionFile);
      } catch (error) {
        forget.run(launch.id);
        throw new PhasegateError('unavailable', `launch ${launch.id} could not be started`, error);
      }
      return { execution: launch.id };
    },

    async stateOf(launch) {
      const row = find.get(launch) as ExecutionRow | undefined;
      return (row?.state ?? 'unknown') as ExecutionState;
    },

    async close() {
      isClosing = true;
      for (const { child } of children.values()) child.kill('SIGTERM');
      await Promise.all([...children.values()].map(({ ended }) => ended));
    },
  };
}

/** 0 done; 1 and 2 will fail again; somebody's Ctrl-C is no failure; anything else may pass. */
function resultOf(code: number | null, signal: string | null): Result {
  if (code === 0) return 'succeeded';
  if (signal === 'SIGINT' || signal === 'SIGTERM') return 'interrupted';
  return code === 1 || code === 2 ? 'permanent' : 'transient';
}

function endMessage(code: number | null, signal: string | null, log: string): string {
  if (code === 0) return '';
  return `ended with ${signal ?? `exit code ${code}`}; its log: ${log}`;
}
