import { resolve } from 'node:path';
import { PhasegateError } from '../core/errors.ts';

/** The directory of `local:DIR`. */
export function worldDirectory(world: string): string {
  const [, directory] = /^local:(.+)$/.exec(world) ?? [];
  if (directory === undefined) {
    throw new PhasegateError(
      'invalid-input',
      `world ${JSON.stringify(world)} is not known; accepted: local:DIR`,
    );
  }
  return resolve(directory);
}

export const DEFAULT_WORLD = 'local:.phasegate';

/** A message whose commands, each between backticks, are written for this world. */
export function commandsInWorld(message: string, world: string): string {
  return message.replaceAll(
    /`(?:npx )?(phasegate [^`]*)`/g,
    (_, command: string) => `\`${inWorld(`npx ${command}`, world)}\``,
  );
}

/** A command as it must be written for this world. */
export function inWorld(command: string, world: string): string {
  return world === DEFAULT_WORLD ? command : `${command} --world ${world}`;
}
