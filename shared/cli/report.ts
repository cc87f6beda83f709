import { parseRunId, type TableName } from '../core/ids.ts';
import { nextCommands, type RunReport, verdictOfRun } from '../core/report.ts';
import { reportLines } from '../core/view/report-lines.ts';
import { exitCodeOf } from '../core/view/run-lines.ts';
import { readReport } from '../shell/read-report.ts';
import { readDefinitionFiles } from './definition.ts';
import type { ExitCode, Output } from './output.ts';
import { runJson } from './run-json.ts';
import { type WorldOptions, withWorld } from './with-world.ts';

export type ReportOptions = WorldOptions & Readonly<{ format: 'text' | 'json'; json?: boolean }>;

/** Tells a run from its stored state and evidence. 0 only when the run has passed. */
export async function report(
  name: string,
  options: ReportOptions,
  output: Output,
): Promise<ExitCode> {
  const run = parseRunId(name);
  const place = { world: options.world, definition: readDefinitionFiles(options), make: false };
  return withWorld(place, output, async ({ runs, warehouse }) => {
    const found = await readReport(runs, warehouse, run);
    if (found === null) {
      output.note(`no run ${run}; \`npx phasegate status\` lists the runs`);
      return 2;
    }
    if (options.format === 'json' || options.json === true) output.json(reportJson(found));
    else for (const line of reportLines(found)) output.line(line);
    return exitCodeOf(found.state.status);
  });
}

/** A report for machines. */
export function reportJson(report: RunReport) {
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
    next: nextCommands(state),
  };
}
