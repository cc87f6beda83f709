import { randomUUID } from 'node:crypto';
import type { LocalWorld } from '../adapters/local/local-world.ts';
import { PhasegateError } from '../core/errors.ts';
import { readStart } from '../edge/wire.ts';
import { askRun } from '../shell/ask-run.ts';
import { keptPipelines } from './kept-pipeline.ts';

/**
 * Has the run of a message fold it in this process, as the process that runs the world would: for a world in which
 * nobody takes messages. What the run then wants done waits for whoever runs the world next.
 *
 * @throws PhasegateError as `askRun`
 */
export async function askHere(
  { runs, bus }: LocalWorld,
  message: Readonly<Record<string, unknown>>,
): Promise<void> {
  const read = readStart(JSON.stringify(message));
  if (!('asking' in read)) throw new PhasegateError('bug', 'a range is asked of no run');
  const now = () => new Date().toISOString();
  await askRun({ runs, bus, pipelineOf: keptPipelines(runs), now }, randomUUID(), read.asking);
}
