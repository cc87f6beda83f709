import { openStateFile } from '../../shared/adapters/local/sqlite-file.ts';
import { sqliteRunStore } from '../../shared/adapters/local/sqlite-run-store.ts';
import type { RunId } from '../../shared/core/ids.ts';
import type { Pipeline } from '../../shared/core/pipeline.ts';
import type { RunEvent } from '../../shared/core/run-event.ts';
import type { ExecutionState } from '../../shared/ports/job-runner.ts';
import type { World } from '../../shared/ports/world.ts';
import { record } from '../../shared/shell/drain.ts';
import { RUN } from '../core/build.ts';
import { AT } from '../core/run-story.ts';

/** The real store; clock and executions are what a test says, and messages are kept instead of delivered. */
export async function toldWorld(pipeline: Pipeline, ...events: readonly RunEvent[]) {
  const published: Record<string, unknown>[] = [];
  const outside = { now: AT, execution: 'running' as ExecutionState };
  const world = {
    runs: sqliteRunStore(openStateFile(':memory:')),
    bus: {
      publish: async (_: string, body: Record<string, unknown>) => String(published.push(body)),
    },
    jobs: { stateOf: async () => outside.execution, running: async () => [] },
    pipelineOf: async () => pipeline,
    now: () => outside.now,
  } as unknown as World;
  for (const [index, event] of events.entries()) await record(world, RUN, `e${index}`, event);
  published.length = 0;
  const stateOf = async (run: RunId = RUN) => (await world.runs.load(run))?.state ?? null;
  return { world, published, outside, stateOf };
}
