import type { LocalWorld } from '../adapters/local/local-world.ts';
import type { RunId } from '../core/ids.ts';
import { inWorld } from '../core/view/in-world.ts';
import { runJson } from '../core/view/run-json.ts';
import { doneLine, verdictsOf } from '../core/view/run-lines.ts';
import { fold } from '../core/view/wrap.ts';
import { type ExitCode, exitCodeOfRun } from './exit-code.ts';
import { follow } from './follow.ts';
import { goOnCommand } from './go-on.ts';
import type { Output } from './output.ts';
import { stayForOthers } from './stay-for-others.ts';

/** Shows the run until it is at rest, and says how it ended. */
export async function followToTheEnd(
  world: LocalWorld,
  run: RunId,
  options: Readonly<{ world: string; json?: boolean }>,
  output: Output,
  interrupted: AbortSignal,
): Promise<ExitCode> {
  const { pid } = world.owner;
  const followed = await follow(world.runs, run, output, interrupted, world.isServed);
  const goOn = async () => {
    const paused = (await world.runs.load(run))?.state?.paused ?? null;
    return `go on with: ${goOnCommand({ run, paused }, options.world)}`;
  };
  switch (followed.end) {
    case 'abandoned':
      output.note(`process ${pid}, which ran this world, is gone; ${await goOn()}`);
      return 3;
    case 'interrupted':
      output.note(
        world.isOwner
          ? `interrupted; ${await goOn()}`
          : `stopped watching; process ${pid} goes on with ${run}`,
      );
      return 130;
    case 'at-rest': {
      const { state } = followed;
      if (world.isOwner) await stayForOthers(world, run, output, interrupted);
      if (options.json === true) {
        output.json(runJson(state));
        return exitCodeOfRun(state.status);
      }
      output.line(`run ${run}: ${state.status}`);
      for (const line of fold(state.message ?? '')) if (line !== '') output.line(line);
      if (state.status !== 'passed') {
        output.line(`next: ${inWorld(`npx phasegate report ${run}`, options.world)}`);
      }
      output.line(doneLine(Object.values(verdictsOf(state))));
      return exitCodeOfRun(state.status);
    }
  }
}
