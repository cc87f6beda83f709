import { renameSync, writeFileSync } from 'node:fs';
import { countChecks, promisesOf } from '../core/promises.ts';
import { looseningLines } from '../core/view/loosening-lines.ts';
import { writeLock } from '../edge/lock-file.ts';
import { compareWith, readLockFile } from './accepted.ts';
import { readDefinitionFiles } from './definition.ts';
import type { ExitCode } from './exit-code.ts';
import type { Output } from './output.ts';

export type LockOptions = Readonly<{ pipeline: string; check?: boolean }>;

/**
 * Accepts what a pipeline promises: writes the lock file beside it. Writes nothing over promises that
 * were loosened without a declaration. What is declared as loosened stays in the lock as it was
 * accepted, so that it counts again when the declaration runs out.
 *
 * With `check` it writes nothing: 1 when the file is missing, loosened, or not what it would write.
 */
export function lock(options: LockOptions, output: Output): ExitCode {
  const { pipeline } = options;
  const definition = readDefinitionFiles({ pipeline });
  const { path, place, text, lock: last } = readLockFile(pipeline, definition);
  const command = `npx phasegate lock${pipeline === 'nba' ? '' : ` --pipeline ${pipeline}`}`;
  if (options.check === true && last === null) {
    output.note(`${place} is missing, so nobody would see a promise go; write it with: ${command}`);
    return 1;
  }
  const accepted = { promises: last?.promises ?? promisesOf(definition.pipeline), place };
  const comparison = compareWith(accepted, definition);
  for (const line of looseningLines(comparison, place)) output.note(line);
  if (comparison.undeclared.length > 0 || (last !== null && comparison.strangers.length > 0)) {
    return 1;
  }
  const { promises } = comparison;
  const written = writeLock({
    pipeline: definition.pipeline.name,
    definition: definition.hash,
    promises,
  });
  const size = `${Object.keys(promises).length} tables, ${countChecks(promises)} checks`;
  if (options.check === true) {
    if (written === text) {
      output.line(`${place} is up to date: ${size}`);
      return 0;
    }
    output.note(
      `${place} is stale (definition ${last?.definition}, now ${definition.hash}); write it with: ${command}`,
    );
    return 1;
  }
  writeFileSync(`${path}.new`, written);
  renameSync(`${path}.new`, path);
  output.line(`${place} ${written === text ? 'stays as it is' : 'is written'}: ${size}`);
  return 0;
}
