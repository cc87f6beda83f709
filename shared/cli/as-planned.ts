import { randomUUID } from 'node:crypto';
import type { LocalWorld } from '../adapters/local/local-world.ts';
import { runOfRequest } from '../adapters/standing.ts';
import type { Definition } from '../core/pipeline.ts';
import { changedParts } from '../core/plan-hash.ts';
import type { RunRequest } from '../core/run.ts';
import { wrap } from '../core/view/wrap.ts';
import { readPlan } from '../shell/read-plan.ts';
import type { Output } from './output.ts';
import { progressOn } from './progress.ts';

/**
 * Whether a start would do what the plan of this hash said; tells what is no longer so when it would not. A
 * live run that was itself started with this plan goes on: what changed since is its own work.
 */
export async function isAsPlanned(
  world: LocalWorld,
  definition: Definition,
  request: RunRequest,
  planned: string,
  output: Output,
): Promise<boolean> {
  const { live } = await runOfRequest(world.runs, request);
  if (live?.plan === planned) return true;
  const reading = { id: `plan-${randomUUID()}`, onRead: progressOn(output) };
  const now = new Date().toISOString();
  const { hash } = await readPlan(world.warehouse, definition, request, reading, now);
  const changed = changedParts(planned, hash);
  if (changed.length === 0) return true;
  for (const line of wrap(`not started: since that plan was made, ${changed.join(', ')} changed`)) {
    output.note(line);
  }
  output.note(`plan hash now: ${hash}`);
  return false;
}
