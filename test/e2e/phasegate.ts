import { spawn } from 'node:child_process';
import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { bigQueryWarehouse } from '../../shared/adapters/gcp/bigquery-warehouse.ts';
import { openBigQueryServer } from '../../shared/adapters/local/bigquery/server.ts';
import { runCommandLine } from '../../shared/cli/command-line.ts';
import type { Row, Warehouse } from '../../shared/ports/warehouse.ts';
import { heard } from './heard.ts';
import { here } from './here.ts';

const MAIN = resolve(import.meta.dirname, '../../shared/cli/main.ts');

export type Ended = Readonly<{ code: number | null; stdout: string; stderr: string }>;

export type Started = Readonly<{
  ended: Promise<Ended>;
  /** Resolves when stdout and stderr together match. */
  saw(pattern: RegExp): Promise<void>;
  kill(signal: NodeJS.Signals): void;
}>;

/** Runs the command line in this process. */
export function phasegate(...args: readonly string[]): Promise<Ended> {
  return here((output) => runCommandLine(args, output));
}

/** Starts the command line in a process of its own. */
export function startPhasegate(...args: readonly string[]): Started {
  const child = spawn(process.execPath, [MAIN, ...args], { env: { ...process.env, CI: 'true' } });
  const { texts, hear, saw } = heard();
  child.stdout.on('data', hear('stdout'));
  child.stderr.on('data', hear('stderr'));
  const ended = new Promise<Ended>((resolve) =>
    child.on('close', (code) => resolve({ code, ...texts })),
  );
  return {
    ended,
    saw: (pattern) => saw(pattern, ended),
    kill: (signal) => void child.kill(signal),
  };
}

export function emptyDirectory(): string {
  return mkdtempSync(join(tmpdir(), 'phasegate-'));
}

/** Opens a world's warehouse while nobody owns the world. */
export async function withWarehouse<Result>(
  directory: string,
  work: (warehouse: Warehouse) => Promise<Result>,
): Promise<Result> {
  const server = await openBigQueryServer({ file: join(directory, 'warehouse.duckdb') });
  try {
    return await work(bigQueryWarehouse({ projectId: 'local', apiEndpoint: server.url }));
  } finally {
    await server.close();
  }
}

/** Every row of a table in one fixed order, without the instant at which it was written. */
export async function rowsOf(
  warehouse: Warehouse,
  table: string,
  order: readonly string[],
  dayColumn?: string,
): Promise<readonly Row[]> {
  const days = dayColumn === undefined ? '' : `WHERE ${dayColumn} >= DATE '1900-01-01'`;
  const { rows } = await warehouse.query({
    sql: `SELECT * FROM \`${table}\` ${days} ORDER BY ${order.join(', ')}`,
    params: {},
  });
  return rows.map(({ processed_at: _, ...row }) => row);
}
