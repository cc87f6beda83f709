import { PhasegateError } from '../core/errors.ts';
import { type Pipeline, type Table, tablesOf } from '../core/pipeline.ts';
import type { RunRequest } from '../core/run.ts';
import { fold } from '../core/view/wrap.ts';
import type { Output } from './output.ts';

/** @throws PhasegateError `invalid-input` naming every table of these phases whose program a local world could not start */
export function refuseWithoutCommand(
  pipeline: Pipeline,
  { phases }: Pick<RunRequest, 'phases'> = { phases: pipeline.phases.map(({ name }) => name) },
): void {
  const lacking = programsOf(pipeline, phases).filter(({ program }) => program.command === null);
  if (lacking.length === 0) return;
  const names = lacking.map(({ table }) => table.name).join(', ');
  throw new PhasegateError(
    'invalid-input',
    `${names}: job.program.command is not set, and a local world starts that; accepted: a program and its first arguments, such as [python3, job.py]`,
  );
}

/** Says of which tables a budget of bytes holds no job back. */
export function tellUnpriced(pipeline: Pipeline, { phases }: RunRequest, output: Output): void {
  const tables = programsOf(pipeline, phases).map(({ table }) => table.name);
  if (pipeline.budget.bytes === null || tables.length === 0) return;
  const text = `budget.bytes does not bound the jobs of ${tables.join(', ')}: what a program of your own reads nobody can predict, and it is not counted`;
  for (const line of fold(text)) output.note(line);
}

function programsOf(pipeline: Pipeline, phases: RunRequest['phases']) {
  return tablesOf(pipeline).flatMap((table: Table) =>
    table.job.kind === 'program' && phases.includes(table.phase)
      ? [{ table, program: table.job.program }]
      : [],
  );
}
