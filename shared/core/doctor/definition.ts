import { type Pipeline, tablesOf } from '../pipeline.ts';
import { countChecks, promisesOf } from '../promises.ts';
import { counted } from '../view/counted.ts';
import { type DoctorLine, fail, fewOf, pass, warn } from './doctor-line.ts';

/** How a lock file stands to the pipeline beside it. */
export type LockState = 'current' | 'missing' | 'stale' | 'loosened';

export function pipelineLine(pipeline: Pipeline): DoctorLine {
  const { name, sources } = pipeline;
  const tables = counted(tablesOf(pipeline).length, 'table');
  const checks = counted(countChecks(promisesOf(pipeline)), 'check');
  return pass('pipeline', `${name}: ${tables}, ${counted(sources.length, 'source')}, ${checks}`);
}

export function lockLine(state: LockState, place: string): DoctorLine {
  const write = 'npx phasegate lock';
  switch (state) {
    case 'current':
      return pass('lock', `${place} is up to date`);
    case 'missing':
      return warn('lock', `${place} is missing: nobody would see a promise go`, write);
    case 'stale':
      return fail('lock', `${place} is stale`, write);
    case 'loosened':
      return fail(
        'lock',
        `the pipeline promises less than ${place}, and nobody signed for it`,
        'npx phasegate lock --check',
      );
  }
}

/** @param lacking for each table whose job this world could not start, why */
export function programsLine(pipeline: Pipeline, lacking: readonly string[]): DoctorLine {
  const count = counted(tablesOf(pipeline).length, 'job');
  if (lacking.length === 0) return pass('job-programs', `${count} can be started`);
  const fix =
    'set job.program.command to a program that this machine has, such as [python3, job.py]';
  return fail('job-programs', fewOf(lacking), fix);
}
