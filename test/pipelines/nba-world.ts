import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { bigQueryWarehouse } from '../../shared/adapters/gcp/bigquery-warehouse.ts';
import { openBigQueryServer } from '../../shared/adapters/local/bigquery/server.ts';
import { readDefinitionFiles } from '../../shared/adapters/pipeline-files.ts';
import type { DaySpan } from '../../shared/core/day-set.ts';
import type { Table } from '../../shared/core/pipeline.ts';
import { inNeedOrder } from '../../shared/core/plan.ts';
import type { SelectTable } from '../../shared/core/table-job.ts';
import { generateLeague, type League } from '../../shared/league/league.ts';
import { RAW_FILES, type RawFile } from '../../shared/league/raw-files.ts';
import type { ScheduledGame } from '../../shared/league/schedule.ts';
import { writeLeague } from '../../shared/league/write-league.ts';
import type { Row, Warehouse } from '../../shared/ports/warehouse.ts';
import { ensureTables } from '../../shared/shell/ensure-tables.ts';
import { loadSource } from '../../shared/shell/load-source.ts';
import { chunksOf } from '../../shared/shell/run-job.ts';
import { replaceStatement } from '../../shared/sql/replace.ts';
import { selectTablesOf } from '../core/build.ts';

export const { pipeline } = readDefinitionFiles({ pipeline: 'nba' });

/** Every table behind all it needs. */
export const TABLES = inNeedOrder(selectTablesOf(pipeline));

export type NbaWorld = Readonly<{
  warehouse: Warehouse;
  /** An empty directory of this world. */
  directory: string;
  /** Loads the raw files that the directory has, each replacing the days it holds. */
  load: (directory: string) => Promise<void>;
  /** Writes all tables for the span with the statements of a run's jobs, table after table. */
  write: (span: DaySpan, chunkDays?: number) => Promise<void>;
  /** Rows of a table in the order of its key; of one day, or all. */
  rowsOf: (table: Table, day?: string) => Promise<readonly Row[]>;
  close: () => Promise<void>;
}>;

/** All tables of the pipeline, empty, in a warehouse of their own. */
export async function openNbaWorld(): Promise<NbaWorld> {
  const directory = mkdtempSync(join(tmpdir(), 'phasegate-nba-'));
  const server = await openBigQueryServer({ file: ':memory:' });
  const warehouse = bigQueryWarehouse({ projectId: 'local', apiEndpoint: server.url });
  await ensureTables(warehouse, pipeline, []);
  let jobs = 0;

  return {
    warehouse,
    directory,

    load: async (from) => {
      for (const source of pipeline.sources) {
        const text = textOf(from, source.load!.file as RawFile);
        if (text === null) continue;
        jobs += 1;
        const path = join(from, `${source.load!.file}.csv`);
        const header = text.slice(0, text.indexOf('\n')).split(',');
        await loadSource(
          warehouse,
          source,
          source.load!,
          { path, format: 'csv', header },
          `load-${jobs}`,
        );
      }
    },

    write: async (span, chunkDays = 31) => {
      for (const table of TABLES) {
        const sql = replaceStatement({ ...table, table: table.name, select: table.job.select });
        for (const { from, to } of chunksOf([span], chunkDays)) {
          jobs += 1;
          const params = {
            from: { type: 'DATE', value: from },
            to: { type: 'DATE', value: to },
          } as const;
          await warehouse.write({ sql, params }, { jobId: `write-${jobs}` });
        }
      }
    },

    rowsOf: async ({ name, dayColumn, key }, day) => {
      const first = { type: 'DATE', value: day ?? '2000-01-01' } as const;
      const last = { type: 'DATE', value: day ?? '2100-01-01' } as const;
      const { rows } = await warehouse.query({
        sql: `SELECT * FROM \`${name}\` WHERE ${dayColumn} BETWEEN @first AND @last ORDER BY ${key.join(', ')}`,
        params: { first, last },
      });
      return rows.map(({ processed_at: _, ...row }) => row);
    },

    close: async () => {
      await server.close();
      rmSync(directory, { recursive: true });
    },
  };
}

/** For `it.each`, with the name to put into the title. */
export function named(tables: readonly SelectTable[]) {
  return tables.map((table) => [table.name, table] as const);
}

/** Ten teams, the fewest for which a league average exists; five games a team are about ten days. */
export function smallLeague(gamesPerTeam: number): League {
  const seasons = [{ seasonYear: 2021, start: '2021-10-19' }];
  return generateLeague({ seed: 4, teams: 10, gamesPerTeam, seasons });
}

/** The days with regular games, ascending. */
export function daysOf(league: League): readonly ScheduledGame['day'][] {
  const games = league.seasons[0]!.schedule.filter(({ seasonType }) => seasonType === 'regular');
  return [...new Set(games.map(({ day }) => day))];
}

/** Writes those raw files of the league that have days, with the rows of the chosen games only. */
export function writeGames(
  directory: string,
  league: League,
  isChosen: (game: ScheduledGame) => boolean,
): void {
  const only = Object.fromEntries(RAW_FILES.map((file) => [file, isChosen]));
  writeLeague(directory, league, { only });
}

export type Fields = Readonly<Record<string, string>>;

/** Copies the rows that `change` returns something for into a file of the same name elsewhere. */
export function copyChanged(
  file: RawFile,
  from: string,
  into: string,
  change: (row: Fields) => Fields | null,
): void {
  const [header = '', ...lines] = textOf(from, file)!.trimEnd().split('\n');
  const names = header.split(',');
  const changed = lines.flatMap((line) => {
    const cells = line.split(',');
    if (cells.length !== names.length) throw new Error(`a comma inside a field: ${line}`);
    const row = change(Object.fromEntries(names.map((name, at) => [name, cells[at]!])));
    return row === null ? [] : [names.map((name) => row[name]).join(',')];
  });
  mkdirSync(into, { recursive: true });
  writeFileSync(join(into, `${file}.csv`), [header, ...changed, ''].join('\n'));
}

function textOf(directory: string, file: RawFile): string | null {
  try {
    return readFileSync(join(directory, `${file}.csv`), 'utf8');
  } catch {
    return null;
  }
}
