import { mkdtempSync, readFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { bigQueryWarehouse } from '../../shared/adapters/gcp/bigquery-warehouse.ts';
import { openBigQueryServer } from '../../shared/adapters/local/bigquery/server.ts';
import { parseDaySet } from '../../shared/core/day-set.ts';
import { launchId, parseTableName } from '../../shared/core/ids.ts';
import { sourceNamed } from '../../shared/core/pipeline.ts';
import { SYSTEM_TABLES } from '../../shared/core/system-tables.ts';
import { readPipeline } from '../../shared/edge/pipeline-file.ts';
import type { Warehouse } from '../../shared/ports/warehouse.ts';
import { ensureTables } from '../../shared/shell/ensure-tables.ts';
import { explainRange } from '../../shared/shell/explain-range.ts';
import { loadSource } from '../../shared/shell/load-source.ts';
import { runJob } from '../../shared/shell/run-job.ts';
import { day, RUN, selectTablesOf } from '../core/build.ts';
import { writeTinyLeague } from '../fixtures/tiny-league.ts';

/** The raw box scores promise both sides of each game; form promises what it never holds. */
const { pipeline } = readPipeline(
  {
    file: 'tiny.yaml',
    text: readFileSync('test/fixtures/tiny.yaml', 'utf8')
      .replace(
        'points: INT64 }\n',
        'points: INT64 }\n    checks: [{ id: sides, kind: grain-coverage, grain: team-games, game: game_id, team: team, atLeastPercent: 100 }]\n',
      )
      .replace(
        '{ id: average-filled, kind: not-null, column: points_avg, atLeastPercent: 100 }',
        '{ id: average-zero, kind: range, column: points_avg, max: 0, atLeastPercent: 100 }',
      ),
  },
  null,
  () => '',
);
const [teamGames, form] = selectTablesOf(pipeline);

describe('an explanation of days late in the season', () => {
  let server: Awaited<ReturnType<typeof openBigQueryServer>>;
  let warehouse: Warehouse;
  const now = () => new Date().toISOString();
  const explain = (id: string, table: NonNullable<typeof form>) =>
    explainRange(
      warehouse,
      pipeline,
      { id, relations: [table], from: day('2022-01-06'), to: day('2022-01-10') },
      now(),
    );

  beforeAll(async () => {
    server = await openBigQueryServer({ file: ':memory:' });
    warehouse = bigQueryWarehouse({ projectId: 'local', apiEndpoint: server.url });
    await ensureTables(warehouse, pipeline, SYSTEM_TABLES);
    const directory = mkdtempSync(join(tmpdir(), 'phasegate-'));
    writeTinyLeague(directory, (on) => on !== '2022-01-04');
    for (const name of ['raw_schedule', 'raw_box']) {
      const path = join(directory, `${name}.csv`);
      const header = readFileSync(path, 'utf8').split('\n')[0]?.split(',') ?? [];
      const source = sourceNamed(pipeline, parseTableName(name.replace('_', '.')))!;
      const file = { path, format: 'csv', header } as const;
      await loadSource(warehouse, source, source.load!, file, `load-${name}`);
    }
    for (const table of [teamGames!, form!]) {
      const launch = launchId(RUN, table.name, 1);
      const days = parseDaySet('2022-01-01..2022-01-10');
      await runJob(warehouse, { run: RUN, launch, table, days }, now, () => {});
    }
  });
  afterAll(() => server.close());

  it('finds the cause before the range, where the window reads it', async () => {
    const { explained } = await explain('form', form!);
    expect(explained[0]?.checks[0]).toMatchObject({
      check: { id: 'average-zero', samples: expect.arrayContaining([expect.any(String)]) },
      since: { shape: 'everywhere' },
      chain: [
        { relation: 'analytics.team_games', explains: 5, of: 5, onSameDays: false },
        { relation: 'raw.box', check: 'sides', explains: 1, of: 1, onSameDays: true },
      ],
      root: { kind: 'source', relation: 'raw.box', days: parseDaySet('2022-01-04') },
    });
  });

  it('judges what was asked for on its own range: a bad day before it fails nothing', async () => {
    const { explained, tables, statements } = await explain('games', teamGames!);
    expect(tables.map(({ judgement }) => judgement.verdict)).toEqual(['PASS']);
    expect(explained.map(({ checks }) => checks)).toEqual([[]]);
    expect(statements.map(({ purpose }) => purpose)).not.toContain('raw-box-profile');
  });
});
