import { relative } from 'node:path';
import { DEFAULT_WORLD, inWorld } from '../core/view/in-world.ts';
import { type DefinitionOptions, namesOf } from './pipeline-files.ts';

/** The pipeline of a command that names none. */
export const DEFAULT_PIPELINE = 'nba';

/** A command as it must be written in this directory for this world, pipeline and overlay. */
export function commandIn(command: string, options: DefinitionOptions, world: string): string {
  const { pipeline, overlay } = namesOf(options);
  const named = pipeline === DEFAULT_PIPELINE ? '' : ` --pipeline ${fromHere(pipeline)}`;
  const laid = overlay === undefined ? '' : ` --overlay ${fromHere(overlay)}`;
  return inWorld(`${command}${named}${laid}`, world);
}

/** A text whose commands are written for this world; those that read a pipeline name it. */
export function commandsHere(
  text: string,
  options: DefinitionOptions & Readonly<{ world: string }>,
): string {
  return text.replaceAll(/npx phasegate [^`;\n]*(?=[`;]|$)/gm, (command) =>
    /^npx phasegate lock/.test(command)
      ? commandIn(command, { pipeline: options.pipeline }, DEFAULT_WORLD)
      : /^npx phasegate (?:start|gate|plan|health|schedules|load|explain --)/.test(command)
        ? commandIn(command, options, options.world)
        : inWorld(command, options.world),
  );
}

/** A file below this directory by its relative path, any other as it is. */
function fromHere(name: string): string {
  const near = relative(process.cwd(), name);
  return name.startsWith('/') && !near.startsWith('..') ? near : name;
}
