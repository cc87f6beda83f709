import { randomUUID } from 'node:crypto';
import { createReadStream, existsSync, readdirSync } from 'node:fs';
import { basename, extname, join } from 'node:path';
import { createInterface } from 'node:readline';
import { PhasegateError } from '../core/errors.ts';
import type { Pipeline, Source } from '../core/pipeline.ts';
import type { Warehouse } from '../ports/warehouse.ts';
import { loadSource, type RawFile } from '../shell/load-source.ts';
import type { Output } from './output.ts';

type Loaded = Readonly<{ file: string; table: string; rows: number; days: number }>;

/** Loads what is there and right, and says what is missing, wrong or ignored. */
export async function loadDirectory(
  directory: string,
  pipeline: Pipeline,
  only: string | undefined,
  warehouse: Warehouse,
  output: Output,
) {
  const names = filesOf(directory);
  const wanted = sourcesWanted(pipeline, only);
  const loaded: Loaded[] = [];
  const failed: { file: string; message: string }[] = [];
  const missing: string[] = [];
  const used = new Set<string>();
  for (const source of wanted) {
    const mapping = source.load;
    if (mapping === null) continue;
    const stem = mapping.file;
    const name = fileNamed(stem, names);
    if (name === undefined) {
      missing.push(stem);
      output.note(`missing: ${join(directory, stem)}.parquet or .csv (for ${source.name})`);
      continue;
    }
    used.add(name);
    try {
      const file = await rawFile(join(directory, name));
      const { rows, days } = await loadSource(
        warehouse,
        source,
        mapping,
        file,
        `load-${randomUUID()}`,
      );
      loaded.push({ file: name, table: source.name, rows, days });
      output.note(`${name} → ${source.name}: ${rows} rows, ${days} days`);
    } catch (error) {
      if (!(error instanceof PhasegateError) || error.kind === 'unavailable') throw error;
      failed.push({ file: name, message: error.message });
      output.note(`✗ ${error.message}`);
    }
  }
  const ignored = only === undefined ? names.filter((name) => !used.has(name)) : [];
  if (ignored.length > 0) output.note(`ignored: ${ignored.join(', ')}`);
  return { loaded, failed, missing, ignored };
}

/**
 * Refuses a directory in which nothing of the pipeline could be loaded.
 *
 * @throws PhasegateError `invalid-input`, saying which files are accepted
 */
export function refuseEmpty(directory: string, pipeline: Pipeline, only: string | undefined): void {
  const names = filesOf(directory);
  const stems = sourcesWanted(pipeline, only).flatMap(({ load }) => load?.file ?? []);
  if (stems.some((stem) => fileNamed(stem, names) !== undefined)) return;
  throw new PhasegateError(
    'invalid-input',
    `${directory} has no file to load; accepted: ${stems.join(', ')}, each .parquet or .csv`,
  );
}

function sourcesWanted({ name, sources }: Pipeline, only: string | undefined): readonly Source[] {
  const wanted = sources.filter(
    ({ load }) => load !== null && (only === undefined || load.file === only),
  );
  if (wanted.length > 0) return wanted;
  const accepted = sources.flatMap(({ load }) => load?.file ?? []).join(', ');
  throw new PhasegateError(
    'invalid-input',
    `no source of pipeline ${name} is loaded from ${only}; accepted: ${accepted}`,
  );
}

function fileNamed(stem: string, names: readonly string[]): string | undefined {
  return names.find((each) => each === `${stem}.parquet` || each === `${stem}.csv`);
}

/** @throws PhasegateError `invalid-input` when there is no such directory */
function filesOf(directory: string): string[] {
  if (!existsSync(directory)) {
    throw new PhasegateError(
      'invalid-input',
      `${directory} does not exist; accepted: a directory with raw_*.parquet or raw_*.csv`,
    );
  }
  return readdirSync(directory, { withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => basename(entry.name))
    .sort();
}

async function rawFile(path: string): Promise<RawFile> {
  if (extname(path) === '.parquet') return { path, format: 'parquet', header: null };
  const lines = createInterface({ input: createReadStream(path, 'utf8') });
  for await (const line of lines) {
    lines.close();
    return {
      path,
      format: 'csv',
      header: line.split(',').map((name) => name.trim().replaceAll('"', '')),
    };
  }
  throw new PhasegateError(
    'invalid-input',
    `${path} is empty; accepted: a CSV file with a header. Nothing was loaded from it.`,
  );
}
