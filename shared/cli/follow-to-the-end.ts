import type { LocalWorld } from '../adapters/local/local-world.ts';
import type { RunId } from '../core/ids.ts';
import { runJson } from '../core/view/run-json.ts';
import { type ExitCode, exitCodeOfRun } from './exit-code.ts';
import { follow } from './follow.ts';
import { goOnCommand } from './go-on.ts';
import type { Output } from './output.ts';
import { stayForOthers } from './stay-for-others.ts';
import { tellEnd } from './tell-end.ts';
import { watchingWorld } from './watch/watching-local.ts';

/** Shows the run until it is at rest, and says how it ended. */
export async function followToTheEnd(
  world: LocalWorld,
  run: RunId,
  options: Readonly<{ world: string; json?: boolean }>,
  output: Output,
  interrupted: AbortSignal,
): Promise<ExitCode> {
  const { pid } = world.owner;
  const followed = await follow(watchingWorld(world, run), output, interrupted);
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
      tellEnd(state, options.world, output);
      return exitCodeOfRun(state.status);
    }
  }
}
