import { createReadStream, existsSync, readdirSync } from 'node:fs';
import { basename, extname, join } from 'node:path';
import { createInterface } from 'node:readline';
import { PhasegateError } from '../core/errors.ts';
import type { Pipeline, Source } from '../core/pipeline.ts';
import { loadSource, type RawFile } from '../shell/load-source.ts';
import type { ExitCode, Output } from './output.ts';
import { handId } from './start.ts';
import { type WorldOptions, withWorld } from './with-world.ts';

export type LoadOptions = WorldOptions & Readonly<{ json?: boolean; only?: string }>;

/** Loads the raw files of a directory. A file that is wrong stops nothing else, and the command ends with 1. */
export async function load(
  directory: string,
  options: LoadOptions,
  output: Output,
): Promise<ExitCode> {
  return withWorld(options, output, async ({ warehouse }, { pipeline }) => {
    const found = await loadDirectory(
      directory,
      pipeline,
      options.only,
      async (source, file) => {
        const { load: mapping } = source;
        if (mapping === null) throw new PhasegateError('bug', `${source.name} has no load mapping`);
        return loadSource(warehouse, source, mapping, file, handId('load'));
      },
      output,
    );
    if (options.json === true) output.json(found);
    else
      output.line(
        `${found.loaded.length} files loaded, ${found.failed.length} failed, ${found.missing.length} missing`,
      );
    return found.failed.length + found.missing.length === 0 ? 0 : 1;
  });
}

type Loaded = Readonly<{ file: string; table: string; rows: number; days: number }>;

async function loadDirectory(
  directory: string,
  pipeline: Pipeline,
  only: string | undefined,
  loadOne: (source: Source, file: RawFile) => Promise<{ rows: number; days: number }>,
  output: Output,
) {
  const names = filesOf(directory);
  const wanted = pipeline.sources.filter(
    ({ load: mapping }) => mapping !== null && (only === undefined || mapping.file === only),
  );
  if (wanted.length === 0) {
    throw new PhasegateError(
      'invalid-input',
      `no source of pipeline ${pipeline.name} is loaded from ${only}`,
    );
  }
  const loaded: Loaded[] = [];
  const failed: { file: string; message: string }[] = [];
  const missing: string[] = [];
  const used = new Set<string>();
  for (const source of wanted) {
    const stem = source.load?.file ?? '';
    const name = names.find((each) => each === `${stem}.parquet` || each === `${stem}.csv`);
    if (name === undefined) {
      missing.push(stem);
      output.note(`missing: ${join(directory, stem)}.parquet or .csv (for ${source.name})`);
      continue;
    }
    used.add(name);
    try {
      const { rows, days } = await loadOne(source, await rawFile(join(directory, name)));
      loaded.push({ file: name, table: source.name, rows, days });
      output.note(`${name} → ${source.name}: ${rows} rows, ${days} days`);
    } catch (error) {
      if (!(error instanceof PhasegateError) || error.kind === 'unavailable') throw error;
      failed.push({ file: name, message: error.message });
      output.note(`✗ ${error.message}`);
    }
  }
  const ignored = names.filter((name) => !used.has(name));
  if (ignored.length > 0) output.note(`ignored: ${ignored.join(', ')}`);
  return { loaded, failed, missing, ignored };
}

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
