import { globSync, readFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import type { Pipeline } from '../../shared/core/pipeline.ts';
import { readDefinition } from '../../shared/edge/pipeline-file.ts';
import type { Fact } from '../../shared/ports/run-store.ts';

/** What one commit folded, and the state as the store of its release then kept it. */
export type RecordedCommit = Readonly<{ facts: readonly Fact[]; state: string }>;

/** The whole story of a run in a local world, as a release wrote it. */
export type History = Readonly<{
  release: string;
  /** Of the states. */
  schema: number;
  story: string;
  /** Hash of the definition; its text is in `definitions/`. */
  definition: string;
  commits: readonly RecordedCommit[];
}>;

const HERE = import.meta.dirname;

export function historyFile({ release, schema, story }: History): string {
  return join(HERE, `${release}-schema-${schema}-${story}.json`);
}

export function definitionFile(hash: string): string {
  return join(HERE, 'definitions', `${hash}.json`);
}

/** Every recorded history, by the name of its file. */
export function histories(): readonly (readonly [string, History])[] {
  return globSync(join(HERE, '*.json'))
    .sort()
    .map((file) => [basename(file, '.json'), JSON.parse(readFileSync(file, 'utf8')) as History]);
}

/** The pipeline of a recorded run, from the text that its release kept, whatever its layout here. */
export function recordedPipeline(hash: string): Readonly<{ hash: string; pipeline: Pipeline }> {
  const text = readFileSync(definitionFile(hash), 'utf8');
  return readDefinition(JSON.stringify(JSON.parse(text)));
}
