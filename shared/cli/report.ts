import { nextFor } from '../adapters/next-commands.ts';
import { PhasegateError } from '../core/errors.ts';
import { parseRunId, type TableName } from '../core/ids.ts';
import type { Definition, Pipeline } from '../core/pipeline.ts';
import { type RunReport, verdictOfRun } from '../core/report.ts';
import { withdrawnLines } from '../core/view/published-lines.ts';
import { reportLines } from '../core/view/report-lines.ts';
import { runJson } from '../core/view/run-json.ts';
import { readReport } from '../shell/read-report.ts';
import { abandonedLines } from './abandoned.ts';
import { cloudOf } from './cloud.ts';
import { type ExitCode, exitCodeOfRun } from './exit-code.ts';
import type { Output } from './output.ts';
import { pinnedRun } from './pinned.ts';
import { withWorld } from './with-world.ts';

export type ReportOptions = Readonly<{
  world: string;
  format: 'text' | 'json';
  json?: boolean;
}>;

/** Tells a run from its stored state and evidence. 0 only when the run has passed. */
export async function report(
  name: string,
  options: ReportOptions,
  output: Output,
): Promise<ExitCode> {
  const run = parseRunId(name);
  const { definition } = await pinnedRun(run, options.world);
  const cloud = cloudOf(options.world);
  if (cloud !== null) return tell(await cloud.report(run), definition, options, output);
  const place = {
    world: options.world,
    definition,
    make: false,
    launches: false,
    anyDefinition: true,
  };
  return withWorld(place, output, async ({ runs, warehouse }) => {
    const found = await readReport(runs, warehouse, run);
    if (found === null) throw new PhasegateError('bug', `run ${run} vanished`);
    return tell(found, definition, options, output);
  });
}

function tell(
  found: RunReport,
  { pipeline }: Definition,
  { world, format, json }: ReportOptions,
  output: Output,
): ExitCode {
  if (format === 'json' || json === true) output.json(reportJson(found, pipeline, world));
  else {
    for (const line of abandonedLines([found.state], world)) output.note(line);
    const withdrawn = withdrawnLines(found.state, pipeline);
    const next = nextFor(found.state, pipeline, world);
    for (const line of reportLines(found, next, withdrawn)) output.line(line);
  }
  return exitCodeOfRun(found.state.status);
}

/** A report for machines. */
export function reportJson(report: RunReport, pipeline: Pipeline, world: string) {
  const { state, startedAt, endedAt, repairs, launches, checks } = report;
  const run = runJson(state);
  return {
    verdict: verdictOfRun(state),
    ...run,
    startedAt,
    endedAt,
    repairs,
    launches,
    tables: run.tables.map((table) => ({
      ...table,
      checks: checks.get(table.table as TableName) ?? [],
    })),
    next: nextFor(state, pipeline, world),
  };
}
