import { parseRunId } from '../core/ids.ts';
import { isAtRest } from '../core/run.ts';
import { askForRepair } from './ask.ts';
import { readDefinitionFiles } from './definition.ts';
import type { ExitCode, Output } from './output.ts';
import { followToTheEnd } from './start.ts';
import { type WorldOptions, withWorld } from './with-world.ts';

export type RepairOptions = WorldOptions &
  Readonly<{ follow?: boolean; json?: boolean; reason?: string; by?: string }>;

/** Wakes a blocked or failed run: bad days first, then all that they made stale, then the gates again. */
export async function repair(
  name: string,
  options: RepairOptions,
  output: Output,
): Promise<ExitCode> {
  const run = parseRunId(name);
  const place = { world: options.world, definition: readDefinitionFiles(options), make: false };
  return withWorld(place, output, async (world, interrupted) => {
    const state = (await world.runs.load(run))?.state;
    if (state == null) {
      output.note(`no run ${run}; \`npx phasegate status\` lists the runs`);
      return 2;
    }
    if (state.status === 'passed') {
      output.line(`run ${run} has passed; there is nothing to repair`);
      return 0;
    }
    if (isAtRest(state.status)) {
      const by = options.by ?? process.env.USER ?? 'cli';
      await askForRepair(world, run, options.reason ?? '', interrupted, by);
    }
    if (!world.isOwner && options.follow !== true) {
      output.line(`repairing ${run}; see it with: npx phasegate status ${run}`);
      return 0;
    }
    return followToTheEnd(world, run, options, output, interrupted);
  });
}
