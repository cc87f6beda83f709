import { spawn } from 'node:child_process';
import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { bigQueryWarehouse } from '../../shared/adapters/gcp/bigquery-warehouse.ts';
import { openBigQueryServer } from '../../shared/adapters/local/bigquery/server.ts';
import type { Row, Warehouse } from '../../shared/ports/warehouse.ts';

const MAIN = resolve(import.meta.dirname, '../../shared/cli/main.ts');

export type Ended = Readonly<{ code: number | null; stdout: string; stderr: string }>;

/** Runs the command line in a process of its own. */
export function phasegate(...args: readonly string[]): Promise<Ended> {
  return new Promise((done) => {
    const child = spawn(process.execPath, [MAIN, ...args], { env: { ...process.env, CI: 'true' } });
    const texts = { stdout: '', stderr: '' };
    child.stdout.on('data', (chunk) => (texts.stdout += chunk));
    child.stderr.on('data', (chunk) => (texts.stderr += chunk));
    child.on('close', (code) => done({ code, ...texts }));
  });
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
): Promise<readonly Row[]> {
  const { rows } = await warehouse.query({
    sql: `SELECT * FROM \`${table}\` ORDER BY ${order.join(', ')}`,
    params: {},
  });
  return rows.map(({ processed_at: _, ...row }) => row);
}
