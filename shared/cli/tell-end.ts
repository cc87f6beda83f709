import type { RunState } from '../core/run.ts';
import { inWorld } from '../core/view/in-world.ts';
import { doneLine, verdictsOf } from '../core/view/run-lines.ts';
import { fold } from '../core/view/wrap.ts';
import type { Output } from './output.ts';

/** How a run came to rest, and what tells more of it. */
export function tellEnd(state: RunState, world: string, output: Output): void {
  const { run, status, message } = state;
  output.line(`run ${run}: ${status}`);
  for (const line of fold(message ?? '')) if (line !== '') output.line(line);
  if (status !== 'passed') output.line(`next: ${inWorld(`npx phasegate report ${run}`, world)}`);
  output.line(doneLine(Object.values(verdictsOf(state))));
}
