import type { DefinitionOptions } from './definition.ts';
import { inWorld } from './world-directory.ts';

/** The pipeline of a command that names none. */
export const DEFAULT_PIPELINE = 'nba';

/** A command as it must be written for this world, pipeline and overlay. */
export function commandIn(
  command: string,
  { world, pipeline, overlay }: DefinitionOptions & Readonly<{ world: string }>,
): string {
  const named = pipeline === DEFAULT_PIPELINE ? '' : ` --pipeline ${pipeline}`;
  const laid = overlay === undefined ? '' : ` --overlay ${overlay}`;
  return inWorld(`${command}${named}${laid}`, world);
}
