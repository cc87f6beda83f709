import { existsSync, mkdirSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { RunStore } from '../../ports/run-store.ts';

/** Pinned definitions as files for the jobs, each written once. */
export function definitionFiles(
  runs: Pick<RunStore, 'loadDefinition'>,
  directory: string,
): (hash: string) => Promise<string> {
  return async (hash) => {
    const folder = join(directory, 'definitions');
    const file = join(folder, `${hash}.json`);
    if (existsSync(file)) return file;
    mkdirSync(folder, { recursive: true });
    writeFileSync(`${file}.new`, await runs.loadDefinition(hash));
    renameSync(`${file}.new`, file);
    return file;
  };
}
