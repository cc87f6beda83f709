import { parseRunId } from '../core/ids.ts';
import { isAtRest } from '../core/run.ts';
import { askForRepair } from './ask.ts';
import type { ExitCode } from './exit-code.ts';
import { followToTheEnd } from './follow-to-the-end.ts';
import type { Output } from './output.ts';
import { pinnedRun } from './pinned.ts';
import { requestedBy } from './requested-by.ts';
import { withWorld } from './with-world.ts';
import { inWorld } from './world-directory.ts';

export type RepairOptions = Readonly<{
  world: string;
  follow?: boolean;
  json?: boolean;
  reason?: string;
  by?: string;
}>;

/** Wakes a blocked or failed run: bad days first, then all that they made stale, then the gates again. A live run goes on. */
export async function repair(
  name: string,
  options: RepairOptions,
  output: Output,
): Promise<ExitCode> {
  const run = parseRunId(name);
  const { state, definition } = await pinnedRun(run, options.world);
  if (state.status === 'passed') {
    output.line(`run ${run} has passed; there is nothing to repair`);
    return 0;
  }
  const place = {
    world: options.world,
    definition,
    make: false,
    launches: true,
    anyDefinition: true,
  };
  return withWorld(place, output, async (world, interrupted) => {
    if (isAtRest(state.status)) {
      const by = requestedBy(options.by);
      await askForRepair(world, run, options.reason ?? '', interrupted, by);
    } else {
      output.note(`run ${run} is live and goes on`);
    }
    if (!world.isOwner && options.follow !== true) {
      const status = inWorld(`npx phasegate status ${run}`, options.world);
      output.line(`${run} goes on in process ${world.owner.pid}; see it with: ${status}`);
      return 0;
    }
    return followToTheEnd(world, run, options, output, interrupted);
  });
}
