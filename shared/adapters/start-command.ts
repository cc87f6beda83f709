import type { Pipeline } from '../core/pipeline.ts';
import type { RunRequest, RunState } from '../core/run.ts';
import { CLOUD } from '../core/view/in-world.ts';
import { commandIn, DEFAULT_PIPELINE } from './command-in.ts';
import type { DefinitionOptions } from './pipeline-files.ts';

/** The flags of a start: `phases` a comma list, absent for all; `plan` the hash that it must have. */
export type RequestFlags = Readonly<
  Pick<RunRequest, 'from' | 'to' | 'mode'> & { phases?: string | undefined; plan?: string }
>;

/** A start, or the plan of one, as the command that must be written here. */
export function requestCommand(
  command: 'start' | 'plan',
  { from, to, phases, mode, plan }: RequestFlags,
  named: DefinitionOptions,
  world: string,
): string {
  const flags = [
    `--from ${from} --to ${to}`,
    ...(phases === undefined ? [] : [`--phases ${phases}`]),
    ...(mode === 'missing' ? [] : [`--mode ${mode}`]),
    ...(plan === undefined ? [] : [`--plan ${plan}`]),
  ];
  return commandIn(`npx phasegate ${command} ${flags.join(' ')}`, named, world);
}

/** What starts the range of a run again as it was started; `FILE` where nobody knows the file of its pipeline. In the cloud a
 * pipeline has a name alone. */
export function startAgain(
  { request, startedWith }: Pick<RunState, 'request' | 'startedWith'>,
  pipeline: Pipeline,
  world: string,
): string {
  const { phases, pipeline: name } = request;
  const isWhole = phases.length === pipeline.phases.length;
  const isName = world === CLOUD || name === DEFAULT_PIPELINE;
  const unnamed = { pipeline: isName ? name : 'FILE' };
  const known = world === CLOUD ? unnamed : (startedWith ?? unnamed);
  return requestCommand(
    'start',
    { ...request, phases: isWhole ? undefined : phases.join(',') },
    known,
    world,
  );
}
