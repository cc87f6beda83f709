import { resolve } from 'node:path';
import { PhasegateError } from '../core/errors.ts';

/** The directory of `local:DIR`. */
export function worldDirectory(world: string): string {
  const [, directory] = /^local:(.+)$/.exec(world) ?? [];
  if (directory === undefined) {
    throw new PhasegateError(
      'invalid-input',
      `world ${JSON.stringify(world)} is not known; accepted: local:DIR, gcp`,
    );
  }
  return resolve(directory);
}
