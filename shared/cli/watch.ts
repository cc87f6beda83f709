import type { CloudApi } from '../adapters/cloud-api.ts';
import { openRuns } from '../adapters/local/open-runs.ts';
import { parseRunId, type RunId } from '../core/ids.ts';
import { isAtRest, type RunStatus } from '../core/run.ts';
import { inWorld } from '../core/view/in-world.ts';
import type { RunStore } from '../ports/run-store.ts';
import { abandonedLines } from './abandoned.ts';
import { cloudOf } from './cloud.ts';
import { type ExitCode, exitCodeOfRun } from './exit-code.ts';
import { follow } from './follow.ts';
import { interruptible } from './interruptible.ts';
import type { Output } from './output.ts';
import { unknownRun } from './pinned.ts';
import { tellEnd } from './tell-end.ts';
import type { Watching } from './watch/watching.ts';
import { watchingCloud } from './watch/watching-cloud.ts';
import { watchingDirectory } from './watch/watching-local.ts';
import { worldDirectory } from './world-directory.ts';

export type WatchOptions = Readonly<{ world: string; json?: boolean }>;

/** The newest runs, the one that changed last first. */
type Known = readonly Readonly<{ run: RunId; status: RunStatus }>[];

/**
 * Shows a run until it is at rest, whoever carries it on; without a name the live one that changed last. Changes nothing, and
 * goes on when the process that runs the world or the API is away for a while. 0 only when the run has passed.
 */
export async function watch(
  name: string | undefined,
  options: WatchOptions,
  output: Output,
): Promise<ExitCode> {
  const named = name === undefined ? null : parseRunId(name);
  const cloud = cloudOf(options.world);
  if (cloud !== null) return watchInCloud(cloud, named, options, output);
  const directory = worldDirectory(options.world);
  const opened = openRuns(directory);
  if (opened === null) {
    if (named !== null) throw unknownRun(named, options.world);
    return nothingLive([], options, output);
  }
  const { runs } = opened;
  try {
    const known = named === null ? await knownIn(runs) : [];
    const run = named ?? known.find(({ status }) => !isAtRest(status))?.run;
    if (run === undefined) return nothingLive(known, options, output);
    const state = (await runs.load(run))?.state ?? null;
    if (state === null) throw unknownRun(run, options.world);
    const idle = abandonedLines([state], options.world);
    if (idle.length > 0) {
      for (const line of idle) output.note(line);
      return exitCodeOfRun(state.status);
    }
    return await watchToTheEnd(watchingDirectory(directory, runs, run), options, output);
  } finally {
    opened.close();
  }
}

async function watchInCloud(
  cloud: CloudApi,
  named: RunId | null,
  options: WatchOptions,
  output: Output,
): Promise<ExitCode> {
  const known = named === null ? (await cloud.listing()).runs : [];
  const run = named ?? known.find(({ status }) => !isAtRest(status))?.run;
  if (run === undefined) return nothingLive(known, options, output);
  if ((await cloud.state(run)) === null) throw unknownRun(run, options.world);
  return watchToTheEnd(watchingCloud(cloud, run), options, output);
}

async function knownIn(runs: RunStore): Promise<Known> {
  const known = [];
  for (const run of await runs.list()) {
    const state = await runs.state(run);
    if (state !== null) known.push({ run, status: state.status });
  }
  return known;
}

function nothingLive([last]: Known, { json, world }: WatchOptions, output: Output): ExitCode {
  if (json !== true) {
    output.line('no run is live');
    if (last !== undefined) {
      const report = inWorld(`npx phasegate report ${last.run}`, world);
      output.line(`the last one, ${last.run}, is ${last.status}; see it with: ${report}`);
    }
  }
  return last === undefined ? 0 : exitCodeOfRun(last.status);
}

async function watchToTheEnd(
  watching: Watching,
  options: WatchOptions,
  output: Output,
): Promise<ExitCode> {
  const { run } = watching;
  const followed = await interruptible((interrupted) =>
    follow(watching, output, interrupted, { isJson: options.json === true, outlasts: true }),
  );
  if (followed.end !== 'at-rest') {
    const again = inWorld(`npx phasegate watch ${run}`, options.world);
    const goesOn = watching.carrier() === null ? 'nobody carries it on now' : `${run} goes on`;
    output.note(`stopped watching; ${goesOn}. Watch it again with: ${again}`);
    return 130;
  }
  const { state } = followed;
  if (options.json !== true) tellEnd(state, options.world, output);
  return exitCodeOfRun(state.status);
}
