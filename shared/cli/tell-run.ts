import { parseRunId } from '../core/ids.ts';
import type { Pipeline } from '../core/pipeline.ts';
import { isAtRest, type RunState } from '../core/run.ts';
import { runJson } from '../core/view/run-json.ts';
import { fold } from '../core/view/wrap.ts';
import { askOfRun, sentLine } from './ask.ts';
import { type ExitCode, exitCodeOfRun } from './exit-code.ts';
import { followToTheEnd } from './follow-to-the-end.ts';
import type { Output } from './output.ts';
import { pinnedRun } from './pinned.ts';
import { requestedBy } from './requested-by.ts';
import { startAgain } from './start-command.ts';
import { withWorld } from './with-world.ts';
import { inWorld } from './world-directory.ts';

export type TellOptions = Readonly<{
  world: string;
  by?: string;
  reason?: string;
  follow?: boolean;
  json?: boolean;
}>;

/** Why there is nothing to ask, and what the command then ends with. */
export type Pointless = Readonly<{ why: string; code: ExitCode }>;

/** Of a cancelled run nothing is asked any more: its range is started again. */
export function wasCancelled(state: RunState, pipeline: Pipeline, world: string): Pointless {
  const why = `was cancelled; start its range again with: ${startAgain(state, pipeline, world)}`;
  return { why, code: 1 };
}

/** What one command asks of a run that is there. */
export type Wish = Readonly<{
  /** Looks before anything is sent; null where the wish fits. */
  pointless: (state: RunState, pipeline: Pipeline) => Pointless | null;
  /** The message on `phasegate-start`, without who and why. */
  message: Readonly<Record<string, unknown>>;
  /** Whether the run moves by it, so that who runs the world stays with it to its end; otherwise nothing is launched for it. */
  moves: boolean;
  /** What the command ends with once the run is at rest; default: as the run. */
  codeOf?: (state: RunState) => ExitCode;
}>;

/**
 * Sends a wish to a run and waits until the run has it; who asks and why are kept with the run. Without an owner
 * of the world, a run that moves by it is run here to its end, and one that does not is left as it is.
 *
 * @throws PhasegateError `invalid-input` for a run that nobody knows
 */
export async function tellRun(
  name: string,
  wish: Wish,
  options: TellOptions,
  output: Output,
): Promise<ExitCode> {
  const run = parseRunId(name);
  const { state, definition } = await pinnedRun(run, options.world);
  const pointless = wish.pointless(state, definition.pipeline);
  if (pointless !== null) {
    if (options.json === true) output.json({ ...runJson(state), refused: pointless.why });
    else for (const line of fold(`run ${run} ${pointless.why}`)) output.line(line);
    return pointless.code;
  }
  const place = { make: false, launches: wish.moves, anyDefinition: true, definition };
  return withWorld({ ...place, world: options.world }, output, async (world, interrupted) => {
    const signed = { requestedBy: requestedBy(options.by), reason: options.reason ?? '' };
    const message = { ...wish.message, ...signed };
    if (!(await askOfRun(world, run, message, interrupted))) {
      output.note(sentLine('message', run, options.world));
      return 130;
    }
    if (wish.moves && (world.isOwner || options.follow === true)) {
      const code = await followToTheEnd(world, run, options, output, interrupted);
      const last = (await world.runs.load(run))?.state ?? state;
      return code === exitCodeOfRun(last.status) ? (wish.codeOf?.(last) ?? code) : code;
    }
    const now = (await world.runs.load(run))?.state ?? state;
    if (options.json === true) output.json(runJson(now));
    else {
      output.line(`run ${run}: ${now.status}${now.paused === null ? '' : ', paused'}`);
      if (wish.moves && !isAtRest(now.status)) {
        const see = inWorld(`npx phasegate status ${run}`, options.world);
        output.line(`it goes on in process ${world.owner.pid}; see it with: ${see}`);
      }
    }
    return 0;
  });
}
