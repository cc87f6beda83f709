import type { CloudApi } from '../adapters/cloud-api.ts';
import { startAgain } from '../adapters/start-command.ts';
import { parseRunId, type RunId } from '../core/ids.ts';
import type { AskingMessage } from '../core/messages.ts';
import type { Pipeline } from '../core/pipeline.ts';
import { isAtRest, type RunState } from '../core/run.ts';
import { inWorld } from '../core/view/in-world.ts';
import { runJson } from '../core/view/run-json.ts';
import { fold } from '../core/view/wrap.ts';
import { askOfRun, sentLine } from './ask.ts';
import { cloudOf } from './cloud.ts';
import { type ExitCode, exitCodeOfRun } from './exit-code.ts';
import { followToTheEnd } from './follow-to-the-end.ts';
import type { Output } from './output.ts';
import { pinnedRun, unknownRun } from './pinned.ts';
import { requestedBy } from './requested-by.ts';
import { untilSentIsKept } from './send-to-cloud.ts';
import { withWorld } from './with-world.ts';

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
  what: AskingMessage['what'];
  /** What the message says beside the run, who and why. */
  more?: Readonly<Record<string, unknown>>;
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
  const cloud = cloudOf(options.world);
  if (cloud !== null) return tellCloud(cloud, run, wish, options, output);
  const place = { make: false, launches: wish.moves, anyDefinition: true, definition };
  return withWorld({ ...place, world: options.world }, output, async (world, interrupted) => {
    const signed = { requestedBy: requestedBy(options.by), reason: options.reason ?? '' };
    const message = { [wish.what]: run, ...wish.more, ...signed };
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
    const goesOn = wish.moves ? `in process ${world.owner.pid}` : null;
    return standsNow(now, goesOn, options, output);
  });
}

async function tellCloud(
  cloud: CloudApi,
  run: RunId,
  { what, more, moves }: Wish,
  options: TellOptions,
  output: Output,
): Promise<ExitCode> {
  const sent = await cloud.ask(run, what, { ...more, reason: options.reason ?? '' });
  const end = await untilSentIsKept(cloud, run, sent, what, options, output);
  if (end !== null) return end;
  const now = await cloud.state(run);
  if (now === null) throw unknownRun(run, options.world);
  return standsNow(now, moves ? 'in the cloud' : null, options, output);
}

/** Says how a run stands now, and where it goes on. */
function standsNow(
  now: RunState,
  goesOn: string | null,
  { json, world }: TellOptions,
  output: Output,
): ExitCode {
  if (json === true) output.json(runJson(now));
  else {
    output.line(`run ${now.run}: ${now.status}${now.paused === null ? '' : ', paused'}`);
    if (goesOn !== null && !isAtRest(now.status)) {
      const see = inWorld(`npx phasegate status ${now.run}`, world);
      output.line(`it goes on ${goesOn}; see it with: ${see}`);
    }
  }
  return 0;
}
