import { openRuns } from '../adapters/local/open-runs.ts';
import { parseRunId, type RunId } from '../core/ids.ts';
import type { Pipeline } from '../core/pipeline.ts';
import type { RunState } from '../core/run.ts';
import { counted } from '../core/view/counted.ts';
import { inWorld } from '../core/view/in-world.ts';
import { mayHaveWithdrawn, withdrawnLines } from '../core/view/published-lines.ts';
import { runJson } from '../core/view/run-json.ts';
import { doneLine, runLine, runLines, verdictsOf } from '../core/view/run-lines.ts';
import { fold } from '../core/view/wrap.ts';
import type { Listing } from '../edge/api-answers.ts';
import { abandonedLines, statesIn } from './abandoned.ts';
import { cloudOf } from './cloud.ts';
import { type ExitCode, exitCodeOfRun } from './exit-code.ts';
import { keptPipelines } from './kept-pipeline.ts';
import type { Output } from './output.ts';
import { unknownRun } from './pinned.ts';
import { worldDirectory } from './world-directory.ts';

export type StatusOptions = Readonly<{ world: string; json?: boolean }>;

/** Without a run, every run in one line; with one, its tables. 0 only when the run has passed. */
export async function status(
  run: string | undefined,
  options: StatusOptions,
  output: Output,
): Promise<ExitCode> {
  const id = run === undefined ? null : parseRunId(run);
  const cloud = cloudOf(options.world);
  if (cloud !== null) {
    if (id === null) return listRuns(await cloud.listing(), options, output);
    const pipelineOf = async (hash: string) => (await cloud.definition(hash)).pipeline;
    return showRun(id, await cloud.state(id), pipelineOf, options, output);
  }
  const directory = worldDirectory(options.world);
  const opened = openRuns(directory);
  if (opened === null) {
    const load = inWorld('npx phasegate load DIR', options.world);
    output.note(`no world in ${directory}; make one with: ${load}`);
    if (options.json === true && id === null) output.json({ runs: [] });
    return id === null ? 0 : 2;
  }
  const { runs } = opened;
  try {
    if (id === null) {
      const listing = { runs: (await statesIn(runs)).map(runJson), left: 0 };
      return listRuns(listing, options, output);
    }
    const state = (await runs.load(id))?.state ?? null;
    return await showRun(id, state, keptPipelines(runs), options, output);
  } finally {
    opened.close();
  }
}

function listRuns({ runs, left }: Listing, options: StatusOptions, output: Output): ExitCode {
  if (options.json === true) output.json({ runs });
  else {
    if (runs.length === 0) {
      const start = inWorld('npx phasegate start --from DAY --to DAY', options.world);
      output.line(`no run yet; start one with: ${start}`);
    }
    for (const run of runs) {
      for (const line of fold(runLine(run))) output.line(line);
    }
    for (const line of abandonedLines(runs, options.world)) output.line(line);
  }
  if (left > 0) output.note(`and ${counted(left, 'older run')}`);
  return 0;
}

async function showRun(
  id: RunId,
  state: RunState | null,
  pipelineOf: (hash: string) => Promise<Pipeline>,
  options: StatusOptions,
  output: Output,
): Promise<ExitCode> {
  if (state === null) throw unknownRun(id, options.world);
  if (options.json === true) {
    output.json(runJson(state));
  } else {
    const withdrawn = mayHaveWithdrawn(state)
      ? withdrawnLines(state, await pipelineOf(state.definition))
      : [];
    for (const line of [...runLines(state), ...withdrawn].flatMap((each) => fold(each)))
      output.line(line);
    for (const line of abandonedLines([state], options.world)) output.line(line);
    output.line(doneLine(Object.values(verdictsOf(state))));
  }
  return exitCodeOfRun(state.status);
}
