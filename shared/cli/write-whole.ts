import { randomUUID } from 'node:crypto';
import { renameSync, rmSync, writeFileSync } from 'node:fs';
import { PhasegateError } from '../core/errors.ts';

/**
 * Writes a file whole or not at all; one that is there is replaced.
 *
 * @throws PhasegateError `invalid-input` where it cannot be written: nothing changes then
 */
export function writeWhole(file: string, text: string): void {
  const written = `${file}.${randomUUID()}.new`;
  try {
    writeFileSync(written, text, { flush: true });
    renameSync(written, file);
  } catch (error) {
    rmSync(written, { force: true });
    const said = error instanceof Error ? error.message : String(error);
    const why = said.replace(/, \w+ '.*$/s, '');
    const message = `${file} cannot be written: ${why}; accepted: a file in a directory that is there`;
    throw new PhasegateError('invalid-input', message, error);
  }
}
