import { existsSync, mkdirSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Pipeline } from '../../core/pipeline.ts';
import { readDefinition } from '../../edge/pipeline-file.ts';
import type { RunStore } from '../../ports/run-store.ts';

/** Pinned definitions: as values for us, and as files for the jobs. */
export function definitions(runs: RunStore, directory: string) {
  const known = new Map<string, Pipeline>();
  return {
    async pipelineOf(hash: string): Promise<Pipeline> {
      const found = known.get(hash);
      if (found !== undefined) return found;
      const { pipeline } = readDefinition(await runs.loadDefinition(hash));
      known.set(hash, pipeline);
      return pipeline;
    },

    async definitionFile(hash: string): Promise<string> {
      const folder = join(directory, 'definitions');
      const file = join(folder, `${hash}.json`);
      if (existsSync(file)) return file;
      mkdirSync(folder, { recursive: true });
      writeFileSync(`${file}.new`, await runs.loadDefinition(hash));
      renameSync(`${file}.new`, file);
      return file;
    },
  };
}
