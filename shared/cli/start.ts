import { today } from '../adapters/local/today.ts';
import type { LocalWorld } from '../adapters/local/world.ts';
import { parsePhaseName, type RunId } from '../core/ids.ts';
import type { Definition } from '../core/pipeline.ts';
import { checkedRequest } from '../core/request.ts';
import type { Mode, RunRequest } from '../core/run.ts';
import { doneLine, exitCodeOf, verdictsOf } from '../core/view/run-lines.ts';
import { askForStart } from './ask.ts';
import { dayOption } from './day-option.ts';
import { readDefinitionFiles } from './definition.ts';
import { follow } from './follow.ts';
import type { ExitCode, Output } from './output.ts';
import { runJson } from './run-json.ts';
import { type WorldOptions, withWorld } from './with-world.ts';

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

/** Publishes a start message. Without an owner of the world, runs it here to the end. */
export async function start(options: StartOptions, output: Output): Promise<ExitCode> {
  const definition = readDefinitionFiles(options);
  const request = requestOf(options, definition);
  const by = options.by ?? process.env.USER ?? 'cli';
  const place = { world: options.world, definition, make: false };
  return withWorld(place, output, async (world, interrupted) => {
    const run = await askForStart(world, definition, request, by, interrupted, options.reason);
    if (run === null) return 130;
    if (!world.isOwner && options.follow !== true) {
      if (options.json === true) output.json({ run });
      else output.line(`started ${run}; see it with: npx phasegate status ${run}`);
      return 0;
    }
    return followToTheEnd(world, run, options, output, interrupted);
  });
}

/** Shows the run until it is at rest, and says how it ended. */
export async function followToTheEnd(
  world: LocalWorld,
  run: RunId,
  options: Readonly<{ json?: boolean }>,
  output: Output,
  interrupted: AbortSignal,
): Promise<ExitCode> {
  const state = await follow(world.runs, run, output, interrupted);
  if (state === null) {
    output.note(`interrupted; the same command goes on with ${run}`);
    return 130;
  }
  if (options.json === true) {
    output.json(runJson(state));
  } else {
    output.line(`run ${run}: ${state.status}`);
    if (state.message !== null) output.line(state.message);
    if (state.status !== 'passed') output.line(`next: npx phasegate report ${run}`);
    output.line(doneLine(Object.values(verdictsOf(state))));
  }
  return exitCodeOf(state.status);
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
