import { today } from '../adapters/local/today.ts';
import { parsePhaseName } from '../core/ids.ts';
import type { Definition } from '../core/pipeline.ts';
import { checkedRequest } from '../core/request.ts';
import type { Mode, RunRequest } from '../core/run.ts';
import { overlayLines } from '../core/view/overlay-lines.ts';
import { acceptedByLastRun, isAccepted, readLockFile } from './accepted.ts';
import { askForStart } from './ask.ts';
import { dayOption } from './day-option.ts';
import { readDefinitionFiles } from './definition.ts';
import type { ExitCode } from './exit-code.ts';
import { followToTheEnd } from './follow-to-the-end.ts';
import type { Output } from './output.ts';
import { requestedBy } from './requested-by.ts';
import { type WorldOptions, withWorld } from './with-world.ts';
import { inWorld } from './world-directory.ts';

export type StartOptions = WorldOptions &
  Readonly<{
    from: string;
    to: string;
    phases?: string;
    mode: Mode;
    follow?: boolean;
    json?: boolean;
    reason?: string;
    by?: string;
  }>;

/**
 * Publishes a start message. Without an owner of the world, runs it here to the end. Starts nothing
 * when less is promised than the lock file or the last run of the pipeline did, and nobody signed for it.
 */
export async function start(options: StartOptions, output: Output): Promise<ExitCode> {
  const definition = readDefinitionFiles(options);
  const request = requestOf(options, definition);
  if (options.overlay !== undefined) {
    const own = readDefinitionFiles({ pipeline: options.pipeline });
    for (const line of overlayLines(own.pipeline, definition.pipeline)) output.note(line);
  }
  const { lock, place: lockPlace } = readLockFile(options.pipeline, definition);
  const locked = lock === null ? null : { promises: lock.promises, place: lockPlace };
  if (locked !== null && !isAccepted(locked, definition, output)) return refused(options, output);
  const by = requestedBy(options.by);
  const place = { world: options.world, definition, make: false, launches: true };
  return withWorld(place, output, async (world, interrupted) => {
    const last = await acceptedByLastRun(world.runs, definition);
    if (last !== null && !isAccepted(last, definition, output, locked !== null)) {
      return refused(options, output);
    }
    const run = await askForStart(world, definition, request, by, interrupted, options.reason);
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

function refused({ json }: StartOptions, output: Output): ExitCode {
  if (json === true) output.json({ run: null, refused: 'loosened' });
  return 1;
}

function requestOf(options: StartOptions, { pipeline }: Definition): RunRequest {
  const phases = (options.phases ?? '').split(',').filter((phase) => phase !== '');
  const wish = {
    pipeline: pipeline.name,
    from: dayOption('--from', options.from),
    to: dayOption('--to', options.to),
    phases: phases.map(parsePhaseName),
    mode: options.mode,
  };
  return checkedRequest(pipeline, wish, today(pipeline.timeZone));
}
