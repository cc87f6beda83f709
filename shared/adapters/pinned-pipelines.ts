import type { Pipeline } from '../core/pipeline.ts';
import { readDefinition } from '../edge/pipeline-file.ts';
import type { RunStore } from '../ports/run-store.ts';

/** The pipelines that runs are pinned to, each read once: a definition never changes under its hash. */
export function pinnedPipelines(
  runs: Pick<RunStore, 'loadDefinition'>,
): (hash: string) => Promise<Pipeline> {
  const known = new Map<string, Pipeline>();
  return async (hash) => {
    const found = known.get(hash);
    if (found !== undefined) return found;
    const { pipeline } = readDefinition(await runs.loadDefinition(hash));
    known.set(hash, pipeline);
    return pipeline;
  };
}
