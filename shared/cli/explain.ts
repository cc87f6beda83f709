import { randomUUID } from 'node:crypto';
import { commandIn } from '../adapters/command-in.ts';
import { type DefinitionOptions, readDefinitionFiles } from '../adapters/pipeline-files.ts';
import { startAgain } from '../adapters/start-command.ts';
import { PhasegateError } from '../core/errors.ts';
import { explainJson } from '../core/explain/explain-json.ts';
import { explainLines } from '../core/explain/explain-lines.ts';
import { type Aim, type NextStep, nextSteps, type OpenStep } from '../core/explain/next-steps.ts';
import { relationsChosen } from '../core/gate-selection.ts';
import { parseRunId, type RunId } from '../core/ids.ts';
import type { Definition, Pipeline } from '../core/pipeline.ts';
import { tablesOfRun } from '../core/plan.ts';
import type { Relation } from '../core/relation.ts';
import type { RunState } from '../core/run.ts';
import { worst } from '../core/verdict.ts';
import { inWorld } from '../core/view/in-world.ts';
import { doneLine } from '../core/view/run-lines.ts';
import { explainRange } from '../shell/explain-range.ts';
import { type ExitCode, exitCodeOfVerdict } from './exit-code.ts';
import type { Output } from './output.ts';
import { pinnedRun } from './pinned.ts';
import { progressOn } from './progress.ts';
import { rangeOption } from './range-option.ts';
import { type WorldOptions, withWorld } from './with-world.ts';

export type ExplainOptions = WorldOptions &
  Readonly<{ from?: string; to?: string; table?: string; json?: boolean }>;

type Wish = Readonly<{
  definition: Definition;
  relations: readonly Relation[];
  aim: Aim;
  /** Null where a range was named. */
  state: RunState | null;
}>;

/** Says why tables do not pass, down to the roots, and what to do. 1 on FAIL, 3 on UNKNOWN, as a gate. */
export async function explain(
  run: string | undefined,
  options: ExplainOptions,
  output: Output,
): Promise<ExitCode> {
  const wish = run === undefined ? wishOfRange(options) : await wishOfRun(parseRunId(run), options);
  const { definition, relations, aim, state } = wish;
  const { pipeline } = definition;
  const anyDefinition = run !== undefined;
  const place = { world: options.world, definition, make: false, launches: false, anyDefinition };
  return withWorld(place, output, async ({ warehouse }) => {
    const { from, to } = aim;
    const id = `explain-${randomUUID()}`;
    const request = { id, relations, from, to, onRead: progressOn(output) };
    const now = new Date().toISOString();
    const { explained, tables, schedule } = await explainRange(warehouse, pipeline, request, now);
    const { calendar } = schedule;
    const named = definition.named ?? options;
    const open = nextSteps(explained, tables, calendar, aim);
    const steps = withStart(
      open.map((step) => inPlace(step, named, options.world)),
      state,
      pipeline,
      options.world,
    );
    const verdicts = explained.map(({ verdict }) => verdict);
    if (options.json === true) output.json(explainJson(from, to, explained, steps, calendar));
    else {
      output.line(`${pipeline.name} · ${from}..${to}${run === undefined ? '' : ` · run ${run}`}`);
      for (const line of explainLines(explained, steps, calendar)) output.line(line);
      output.line('');
      output.line(doneLine(verdicts));
    }
    const needsNames = open.some(({ command, isOfRun }) => command !== null && isOfRun !== true);
    if (definition.named === undefined && needsNames) output.note(unnamed(run));
    return exitCodeOfVerdict(worst(verdicts));
  });
}

/** The step as a command of this world; one that belongs to a run needs no pipeline. */
function inPlace({ why, command, isOfRun }: OpenStep, named: DefinitionOptions, world: string) {
  if (command === null) return { why, command };
  return { why, command: isOfRun ? inWorld(command, world) : commandIn(command, named, world) };
}

/** The steps; after those of a cancelled run what starts its range again. */
function withStart(
  steps: readonly NextStep[],
  state: RunState | null,
  pipeline: Pipeline,
  world: string,
): readonly NextStep[] {
  if (state?.status !== 'cancelled') return steps;
  const why = 'the run was cancelled, and is over: start its range again';
  return [...steps, { why, command: startAgain(state, pipeline, world) }];
}

function unnamed(run: string | undefined): string {
  return `run ${run} does not say which --pipeline and --overlay it was started with; add them to the commands above where they were others than those you gave here`;
}

function wishOfRange(options: ExplainOptions): Wish {
  const { from, to } = options;
  if (from === undefined || to === undefined) {
    throw new PhasegateError(
      'invalid-input',
      'what to explain is not clear; accepted: a RUN, or --from DAY and --to DAY',
    );
  }
  const range = rangeOption({ from, to });
  const definition = readDefinitionFiles(options);
  const relations = relationsChosen(definition.pipeline, { table: options.table });
  return { definition, relations, aim: { ...range, run: null }, state: null };
}

/** The run's range and tables under the definition it was started with. */
async function wishOfRun(id: RunId, options: ExplainOptions): Promise<Wish> {
  const { state, definition } = await pinnedRun(id, options.world);
  const { request } = state;
  const { from, to } = rangeOption({ ...request, ...given(options) });
  const tables = tablesOfRun(definition.pipeline, request);
  const relations =
    options.table === undefined
      ? tables
      : relationsChosen(definition.pipeline, { table: options.table });
  return { definition, relations, aim: { from, to, run: state }, state };
}

function given({ from, to }: ExplainOptions) {
  return { ...(from === undefined ? {} : { from }), ...(to === undefined ? {} : { to }) };
}
