import { enableCompileCache } from 'node:module';
import { PhasegateError } from '../core/errors.ts';
import { fold } from '../core/view/wrap.ts';
import { exitCodeOfError } from './exit-code.ts';
import { job } from './job.ts';
import { terminal } from './output.ts';

enableCompileCache();

/** `phasegate job TABLE` and nothing else: what the image of the jobs runs. Same environment, same exit codes. */
const [table, ...rest] = process.argv.slice(2);
if (table === undefined || rest.length > 0) {
  terminal.note('usage: job TABLE, with the PHASEGATE_* environment of the job contract');
  process.exitCode = 2;
} else {
  process.exitCode = await job(table, terminal).catch((error: unknown) => {
    if (!(error instanceof PhasegateError)) throw error;
    for (const line of fold(error.message)) terminal.note(line);
    return exitCodeOfError(error);
  });
}
