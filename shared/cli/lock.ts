import { renameSync, writeFileSync } from 'node:fs';
import { commandIn } from '../adapters/command-in.ts';
import { readDefinitionFiles } from '../adapters/pipeline-files.ts';
import type { LockState } from '../core/doctor/definition.ts';
import type { Loosening } from '../core/loosening.ts';
import type { Definition } from '../core/pipeline.ts';
import { countChecks, type Promises, promisesOf } from '../core/promises.ts';
import { DEFAULT_WORLD } from '../core/view/in-world.ts';
import { looseningLines } from '../core/view/loosening-lines.ts';
import { writeLock } from '../edge/lock-file.ts';
import { compareWith, readLockFile } from './accepted.ts';
import type { ExitCode } from './exit-code.ts';
import type { Output } from './output.ts';

export type LockOptions = Readonly<{ pipeline: string; check?: boolean; json?: boolean }>;

/**
 * Accepts what a pipeline promises: writes the lock file beside it. Writes nothing over promises that
 * were loosened without a declaration. What is declared as loosened stays in the lock as it was
 * accepted, so that it counts again when the declaration runs out.
 *
 * With `check` it writes nothing: 1 when the file is missing, loosened, or not what it would write.
 */
export function lock(options: LockOptions, output: Output): ExitCode {
  const { pipeline, check = false, json = false } = options;
  const definition = readDefinitionFiles({ pipeline });
  const { path, place, text, lock: last } = readLockFile(pipeline, definition);
  const command = commandIn('npx phasegate lock', { pipeline }, DEFAULT_WORLD);
  const tell = (status: Status, loosened: readonly Loosening[], size: Size | null): ExitCode => {
    if (json) output.json({ lock: place, status, ...size, loosened });
    return status === 'current' || status === 'written' ? 0 : 1;
  };
  if (check && last === null) {
    output.note(`${place} is missing, so nobody would see a promise go; write it with: ${command}`);
    return tell('missing', [], null);
  }
  const accepted = { promises: last?.promises ?? promisesOf(definition.pipeline), place };
  const comparison = compareWith(accepted, definition);
  const undeclared = comparison.undeclared.map(({ loosening }) => loosening);
  for (const line of looseningLines(comparison, place)) output.note(line);
  if (undeclared.length > 0 || (last !== null && comparison.strangers.length > 0)) {
    return tell('refused', undeclared, null);
  }
  const { promises } = comparison;
  const written = lockText(definition, promises);
  const size = { tables: Object.keys(promises).length, checks: countChecks(promises) };
  const isCurrent = written === text;
  if (check && !isCurrent) {
    output.note(
      `${place} is stale (definition ${last?.definition}, now ${definition.hash}); write it with: ${command}`,
    );
    return tell('stale', [], size);
  }
  if (!check) {
    writeFileSync(`${path}.new`, written);
    renameSync(`${path}.new`, path);
  }
  const found = check ? 'is up to date' : isCurrent ? 'stays as it is' : 'is written';
  if (!json) output.line(`${place} ${found}: ${size.tables} tables, ${size.checks} checks`);
  return tell(isCurrent ? 'current' : 'written', [], size);
}

/** How the lock file beside a pipeline stands to it; writes nothing. @throws PhasegateError as `lock` */
export function lockStateOf(pipeline: string): Readonly<{ state: LockState; place: string }> {
  const definition = readDefinitionFiles({ pipeline });
  const { place, text, lock: last } = readLockFile(pipeline, definition);
  if (last === null) return { state: 'missing', place };
  const { promises, undeclared, strangers } = compareWith(
    { promises: last.promises, place },
    definition,
  );
  if (undeclared.length > 0 || strangers.length > 0) return { state: 'loosened', place };
  return { state: lockText(definition, promises) === text ? 'current' : 'stale', place };
}

const lockText = ({ pipeline, hash }: Definition, promises: Promises) =>
  writeLock({ pipeline: pipeline.name, definition: hash, promises });

type Status = 'missing' | 'refused' | 'stale' | 'current' | 'written';
type Size = Readonly<{ tables: number; checks: number }>;
