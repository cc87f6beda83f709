import { copyFileSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DuckDBInstance } from '@duckdb/node-api';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { bigQueryWarehouse } from '../../shared/adapters/gcp/bigquery-warehouse.ts';
import { openBigQueryServer } from '../../shared/adapters/local/bigquery/server.ts';
import { normalize } from '../../shared/core/day-set.ts';
import { launchId } from '../../shared/core/ids.ts';
import { type Pipeline, tablesOf } from '../../shared/core/pipeline.ts';
import { SYSTEM_TABLES } from '../../shared/core/system-tables.ts';
import { readPipeline } from '../../shared/edge/pipeline-file.ts';
import type { Warehouse } from '../../shared/ports/warehouse.ts';
import { assess } from '../../shared/shell/assess.ts';
import { ensureTables } from '../../shared/shell/ensure-tables.ts';
import { loadSource } from '../../shared/shell/load-source.ts';
import { runJob } from '../../shared/shell/run-job.ts';
import { day, RUN, selectTablesOf } from '../core/build.ts';
import { writeTinyLeague } from '../fixtures/tiny-league.ts';

const TINY = readFileSync('test/fixtures/tiny.yaml', 'utf8');
const RANGE = { from: day('2022-01-01'), to: day('2022-01-10') };
const NOW = '2022-02-01T00:00:00.000Z';
const pipelineOf = (text: string): Pipeline =>
  readPipeline({ file: 'tiny.yaml', text }, null, () => '').pipeline;

/** The definition as it is, and with checks that need other state. */
const DEFINITIONS = [
  TINY,
  TINY.replace('min: 50, max: 200', 'min: 90, max: 130'),
  TINY.replace(
    '{ id: key, kind: unique }',
    '{ id: key, kind: unique, columns: [team, game_date] }',
  ),
].map(pipelineOf);

const TABLE = 'analytics.team_games';
const anyDay = fc.integer({ min: 1, max: 10 }).map((n) => `2022-01-${String(n).padStart(2, '0')}`);
const onDay = (sql: (day: string) => string) => anyDay.map(sql);
const edit = fc.oneof(
  onDay((on) => `DELETE FROM ${TABLE} WHERE game_date = '${on}'`),
  onDay((on) => `DELETE FROM ${TABLE} WHERE game_date = '${on}' AND team = 'AAA'`),
  onDay((on) => `UPDATE ${TABLE} SET points = NULL WHERE game_date = '${on}'`),
  onDay((on) => `UPDATE ${TABLE} SET points = points * 3 WHERE game_date = '${on}'`),
  onDay((on) => `INSERT INTO ${TABLE} SELECT * FROM ${TABLE} WHERE game_date = '${on}'`),
  onDay((on) => `UPDATE ${TABLE} SET game_date = DATE '2022-01-05' WHERE game_date = '${on}'`),
  onDay((on) => `UPDATE ${TABLE} SET points = 99 WHERE game_date = '${on}'`),
  onDay((on) => `DELETE FROM precompute.form WHERE game_date = '${on}'`),
  onDay((on) => `DELETE FROM raw.schedule WHERE game_date = '${on}'`),
  fc.constant(`ALTER TABLE ${TABLE} RENAME COLUMN points TO goals`),
  fc.constant(`ALTER TABLE ${TABLE} ALTER COLUMN points TYPE DOUBLE`),
);
const step = fc.record({ sql: edit, definition: fc.integer({ min: 0, max: 2 }) });

describe('state kept from earlier readings', () => {
  let directory: string;
  let clean: string;
  let readings = 0;

  beforeAll(async () => {
    directory = mkdtempSync(join(tmpdir(), 'phasegate-'));
    clean = join(directory, 'clean.duckdb');
    await withWarehouse(clean, (warehouse) => fill(warehouse, directory));
  });
  afterAll(() => rmSync(directory, { recursive: true }));

  const judge = (file: string, definition: number) =>
    withWarehouse(file, async (warehouse) => {
      const pipeline = DEFINITIONS[definition]!;
      readings += 1;
      const { tables } = await assess(
        warehouse,
        pipeline,
        { id: `r${readings}`, relations: tablesOf(pipeline), ...RANGE },
        NOW,
      );
      return tables.map(({ judgement, outcomes }) => ({ judgement, outcomes }));
    });

  it('gives the verdicts of a full reading, whatever a stranger did to rows and checks between', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(step, { minLength: 1, maxLength: 4 }), async (steps) => {
        const kept = join(directory, 'kept.duckdb');
        const full = join(directory, 'full.duckdb');
        copyFileSync(clean, kept);
        await judge(kept, 0);
        for (const { sql, definition } of steps) {
          await asStranger(kept, sql);
          copyFileSync(kept, full);
          await asStranger(full, 'DELETE FROM phasegate.profiles');
          expect(await judge(kept, definition)).toEqual(await judge(full, definition));
        }
      }),
      { seed: 20220101, numRuns: 5 },
    );
  });
});

async function fill(warehouse: Warehouse, directory: string): Promise<void> {
  const [pipeline] = DEFINITIONS;
  await ensureTables(warehouse, pipeline!, SYSTEM_TABLES);
  writeTinyLeague(directory);
  for (const source of pipeline!.sources) {
    const path = join(directory, `${source.load!.file}.csv`);
    const header = readFileSync(path, 'utf8').split('\n')[0]!.split(',');
    await loadSource(
      warehouse,
      source,
      source.load!,
      { path, format: 'csv', header },
      source.name.replace('.', '-'),
    );
  }
  for (const table of selectTablesOf(pipeline!)) {
    const launch = launchId(RUN, table.name, 1);
    const days = normalize([RANGE]);
    await runJob(
      warehouse,
      { run: RUN, launch, table, days },
      () => NOW,
      () => {},
    );
  }
}

async function withWarehouse<Result>(
  file: string,
  work: (warehouse: Warehouse) => Promise<Result>,
): Promise<Result> {
  const server = await openBigQueryServer({ file });
  try {
    return await work(bigQueryWarehouse({ projectId: 'local', apiEndpoint: server.url }));
  } finally {
    await server.close();
  }
}

/** A column that an earlier edit renamed cannot be edited again: then nothing happens. */
async function asStranger(file: string, sql: string): Promise<void> {
  const instance = await DuckDBInstance.create(file);
  const connection = await instance.connect();
  await connection.run(sql).catch((error: Error) => {
    if (!error.message.includes('points')) throw error;
  });
  connection.closeSync();
  instance.closeSync();
}
