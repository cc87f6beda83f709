import { openRuns } from '../adapters/local/open-runs.ts';
import { parseRunId, type RunId } from '../core/ids.ts';
import { mayHaveWithdrawn, withdrawnLines } from '../core/view/published-lines.ts';
import { runJson } from '../core/view/run-json.ts';
import { doneLine, runLine, runLines, verdictsOf } from '../core/view/run-lines.ts';
import { fold } from '../core/view/wrap.ts';
import type { RunStore } from '../ports/run-store.ts';
import { abandonedLines, statesIn } from './abandoned.ts';
import { type ExitCode, exitCodeOfRun } from './exit-code.ts';
import { keptPipelines } from './kept-pipeline.ts';
import type { Output } from './output.ts';
import { unknownRun } from './pinned.ts';
import { inWorld, worldDirectory } from './world-directory.ts';

export type StatusOptions = Readonly<{ world: string; json?: boolean }>;

/** Without a run, every run in one line; with one, its tables. 0 only when the run has passed. */
export async function status(
  run: string | undefined,
  options: StatusOptions,
  output: Output,
): Promise<ExitCode> {
  const id = run === undefined ? null : parseRunId(run);
  const directory = worldDirectory(options.world);
  const opened = openRuns(directory);
  if (opened === null) {
    const load = inWorld('npx phasegate load DIR', options.world);
    output.note(`no world in ${directory}; make one with: ${load}`);
    if (options.json === true && id === null) output.json({ runs: [] });
    return id === null ? 0 : 2;
  }
  try {
    return id === null
      ? await listRuns(opened.runs, options, output)
      : await showRun(opened.runs, id, options, output);
  } finally {
    opened.close();
  }
}

async function listRuns(runs: RunStore, options: StatusOptions, output: Output): Promise<ExitCode> {
  const states = await statesIn(runs);
  if (options.json === true) {
    output.json({ runs: states.map(runJson) });
    return 0;
  }
  if (states.length === 0) {
    const start = inWorld('npx phasegate start --from DAY --to DAY', options.world);
    output.line(`no run yet; start one with: ${start}`);
  }
  for (const state of states) {
    for (const line of fold(runLine(state))) output.line(line);
  }
  for (const line of abandonedLines(states, options.world)) output.line(line);
  return 0;
}

async function showRun(
  runs: RunStore,
  id: RunId,
  options: StatusOptions,
  output: Output,
): Promise<ExitCode> {
  const state = (await runs.load(id))?.state;
  if (state == null) throw unknownRun(id, options.world);
  if (options.json === true) {
    output.json(runJson(state));
  } else {
    const pipelineOf = () => keptPipelines(runs)(state.definition);
    const withdrawn = mayHaveWithdrawn(state) ? withdrawnLines(state, await pipelineOf()) : [];
    for (const line of [...runLines(state), ...withdrawn].flatMap((each) => fold(each)))
      output.line(line);
    for (const line of abandonedLines([state], options.world)) output.line(line);
    output.line(doneLine(Object.values(verdictsOf(state))));
  }
  return exitCodeOfRun(state.status);
}
