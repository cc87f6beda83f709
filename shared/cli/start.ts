import { today } from '../adapters/local/today.ts';
import { readDefinitionFiles } from '../adapters/pipeline-files.ts';
import { requestCommand } from '../adapters/start-command.ts';
import type { RunId } from '../core/ids.ts';
import { parsePlanHash } from '../core/plan-hash.ts';
import { inWorld } from '../core/view/in-world.ts';
import { overlayLines } from '../core/view/overlay-lines.ts';
import { pausedLine } from '../core/view/signed-lines.ts';
import { fold } from '../core/view/wrap.ts';
import { acceptedByLastRun, acceptedByLock, isAccepted } from './accepted.ts';
import { isAsPlanned } from './as-planned.ts';
import { askForStart } from './ask.ts';
import { cloudOf } from './cloud.ts';
import type { ExitCode } from './exit-code.ts';
import { followToTheEnd } from './follow-to-the-end.ts';
import { goOnCommand } from './go-on.ts';
import type { Output } from './output.ts';
import { refuseWithoutCommand, tellUnpriced } from './programs.ts';
import { type RequestOptions, requestOf } from './request-options.ts';
import { requestedBy } from './requested-by.ts';
import { readStanding } from './run-of-request.ts';
import { startInCloud } from './start-in-cloud.ts';
import { type WorldOptions, withWorld } from './with-world.ts';

export type StartOptions = WorldOptions &
  RequestOptions &
  Readonly<{
    /** Of a plan: with another one nothing is started. */
    plan?: string;
    follow?: boolean;
    json?: boolean;
    reason?: string;
    by?: string;
  }>;

/**
 * Publishes a start message. Without an owner of the world, runs it here to the end. Starts nothing
 * when less is promised than the lock file or the last run of the pipeline did, and nobody signed for it, nor
 * while the live run of the same request is paused or another live run is in the way: nothing is sent then.
 */
export async function start(options: StartOptions, output: Output): Promise<ExitCode> {
  const cloud = cloudOf(options.world);
  if (cloud !== null) return startInCloud(cloud, options, output);
  const definition = readDefinitionFiles(options);
  const { pipeline } = definition;
  const request = requestOf(options, pipeline, today(pipeline.timeZone));
  refuseWithoutCommand(pipeline, request);
  tellUnpriced(pipeline, request, output);
  const planned = options.plan === undefined ? undefined : parsePlanHash(options.plan);
  if (options.overlay !== undefined) {
    const own = readDefinitionFiles({ pipeline: options.pipeline });
    for (const line of overlayLines(own.pipeline, pipeline)) output.note(line);
  }
  const locked = acceptedByLock(options.pipeline, definition);
  if (!isAccepted(locked, definition, output)) return refused('loosened', options, output);
  const { paused: held, refusal } = await readStanding(options.world, definition, request);
  if (held?.paused != null) {
    for (const line of fold(`run ${held.run} is ${pausedLine(held.paused)}`)) output.note(line);
    output.note(`go on with: ${goOnCommand(held, options.world)}`);
    return refused('paused', options, output, held.run);
  }
  if (refusal !== null) {
    for (const line of fold(`not started: ${refusal}`)) output.note(line);
    return refused('live-run', options, output);
  }
  const by = requestedBy(options.by);
  const place = { world: options.world, definition, make: false, launches: true };
  return withWorld(place, output, async (world, interrupted) => {
    const last = await acceptedByLastRun(world.runs, definition);
    if (!isAccepted(last, definition, output, locked !== null)) {
      return refused('loosened', options, output);
    }
    if (planned !== undefined) {
      const isSame = await isAsPlanned(world, definition, request, planned, output);
      if (!isSame) {
        const asked = { ...request, phases: options.phases };
        const see = requestCommand('plan', asked, options, options.world);
        output.note(`see what a start would do now: ${see}`);
        return refused('another-plan', options, output);
      }
    }
    const { reason } = options;
    const run = await askForStart(world, definition, request, by, interrupted, reason, planned);
    if (run === null) return 130;
    if (!world.isOwner && options.follow !== true) {
      if (options.json === true) output.json({ run });
      else
        output.line(
          `${run} goes on in process ${world.owner.pid}; see it with: ${inWorld(`npx phasegate status ${run}`, options.world)}`,
        );
      return 0;
    }
    return followToTheEnd(world, run, options, output, interrupted);
  });
}

function refused(
  why: string,
  { json }: StartOptions,
  output: Output,
  run: RunId | null = null,
): ExitCode {
  if (json === true) output.json({ run, refused: why });
  return 1;
}
