import { nextFor } from '../adapters/next-commands.ts';
import { PhasegateError } from '../core/errors.ts';
import { parseRunId } from '../core/ids.ts';
import type { Definition } from '../core/pipeline.ts';
import type { RunReport } from '../core/report.ts';
import { withdrawnLines } from '../core/view/published-lines.ts';
import { reportJson } from '../core/view/report-json.ts';
import { reportJunit } from '../core/view/report-junit.ts';
import { reportLines } from '../core/view/report-lines.ts';
import { reportMarkdown } from '../core/view/report-markdown.ts';
import { toldReport } from '../core/view/report-told.ts';
import { type ReportPictures, reportDocument } from '../page/report-document.ts';
import { readReport } from '../shell/read-report.ts';
import { abandonedLines } from './abandoned.ts';
import { cloudOf } from './cloud.ts';
import { type ExitCode, exitCodeOfRun } from './exit-code.ts';
import type { Output } from './output.ts';
import { pinnedRun } from './pinned.ts';
import { NO_PICTURES_IN_THE_CLOUD, picturesOf } from './report-pictures.ts';
import { withWorld } from './with-world.ts';
import { writeWhole } from './write-whole.ts';

export const REPORT_FORMATS = ['text', 'md', 'html', 'json', 'junit'] as const;

export type ReportOptions = Readonly<{
  world: string;
  format: (typeof REPORT_FORMATS)[number];
  json?: boolean;
  /** A file, written whole or not at all; absent: stdout. */
  output?: string;
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
  if (cloud !== null) {
    return tell(await cloud.report(run), definition, NO_PICTURES_IN_THE_CLOUD, options, output);
  }
  const place = {
    world: options.world,
    definition,
    make: false,
    launches: false,
    anyDefinition: true,
  };
  return withWorld(place, output, async (world) => {
    const found = await readReport(world.runs, world.warehouse, run);
    if (found === null) throw new PhasegateError('bug', `run ${run} vanished`);
    const isDrawn = options.format === 'html' && options.json !== true;
    const pictures = isDrawn ? await picturesOf(world, found) : NO_PICTURES_IN_THE_CLOUD;
    return tell(found, definition, pictures, options, output);
  });
}

function tell(
  found: RunReport,
  { pipeline }: Definition,
  pictures: ReportPictures,
  options: ReportOptions,
  output: Output,
): ExitCode {
  const { world, format, json, output: file } = options;
  const { state } = found;
  const next = nextFor(state, pipeline, world);
  const told = toldReport(found, pipeline, next, withdrawnLines(state, pipeline));
  const text = () => {
    switch (json === true ? 'json' : format) {
      case 'text':
        return reportLines(told).join('\n');
      case 'md':
        return reportMarkdown(told);
      case 'html':
        return reportDocument(told, pictures);
      case 'json':
        return JSON.stringify(reportJson(told));
      case 'junit':
        return reportJunit(told);
    }
  };
  if (format === 'text') for (const line of abandonedLines([state], world)) output.note(line);
  if (file === undefined) output.line(text());
  else {
    writeWhole(file, `${text()}\n`);
    output.note(`written: ${file}`);
  }
  return exitCodeOfRun(state.status);
}
