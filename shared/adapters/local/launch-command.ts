import { statSync } from 'node:fs';
import { dirname } from 'node:path';
import { PhasegateError } from '../../core/errors.ts';
import type { Launch } from '../../ports/job-runner.ts';
import { pipelinePath } from '../pipeline-files.ts';

type Argv = readonly [string, ...string[]];

/** What a launch starts, and where; undefined: where we are. */
export type LaunchCommand = Readonly<{ command: Argv; directory: string | undefined }>;

/**
 * A program runs beside the pipeline's file that its run was started with, wherever the world was opened since.
 * Its command is pinned; what that directory holds is not.
 *
 * @param own the job that ships; `job` and the table's name are appended
 * @throws PhasegateError `invalid-input` where a program has no command, nobody knows its directory, or that is gone
 */
export function launchCommand({ run, table, program }: Launch, own: Argv): LaunchCommand {
  if (program === null) return { command: [...own, 'job', table], directory: undefined };
  const refused = (why: string) => new PhasegateError('invalid-input', `${table}: ${why}`);
  const { command, args, pipeline } = program;
  if (command === null) {
    throw refused(
      `job.program.command is not set in the definition of run ${run}; set it, and start a new run`,
    );
  }
  if (pipeline === null) {
    throw refused(
      `nobody kept which file run ${run} was started with, so where its program is, is not known; start a new run`,
    );
  }
  const directory = dirname(pipelinePath(pipeline));
  if (statSync(directory, { throwIfNoEntry: false })?.isDirectory() !== true) {
    throw refused(
      `run ${run} was started with ${pipeline}, and its directory, where its program is, is gone; bring it back, or start a new run`,
    );
  }
  return { command: [...command, ...args], directory };
}
