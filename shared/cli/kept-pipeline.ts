import type { Pipeline } from '../core/pipeline.ts';
import { readDefinition } from '../edge/pipeline-file.ts';
import type { RunStore } from '../ports/run-store.ts';

/** Reads the pipelines that a world's runs were started with, by the hash of their definition. */
export function keptPipelines(runs: RunStore): (hash: string) => Promise<Pipeline> {
  return async (hash) => readDefinition(await runs.loadDefinition(hash)).pipeline;
}
