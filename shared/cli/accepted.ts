import { existsSync, readFileSync } from 'node:fs';
import { relative } from 'node:path';
import { today } from '../adapters/local/today.ts';
import { pipelinePath } from '../adapters/pipeline-files.ts';
import { PhasegateError } from '../core/errors.ts';
import { type Comparison, comparePromises } from '../core/loosening.ts';
import type { Definition } from '../core/pipeline.ts';
import { promisesOf } from '../core/promises.ts';
import { looseningLines } from '../core/view/loosening-lines.ts';
import { type Lock, lockPathOf, readLock } from '../edge/lock-file.ts';
import type { RunStore } from '../ports/run-store.ts';
import { type Accepted, promisesOfLastRun } from '../shell/last-promises.ts';
import { keptPipelines } from './kept-pipeline.ts';
import type { Output } from './output.ts';

/** The lock file beside a pipeline; `lock` is null where there is none. */
export type LockFile = Readonly<{
  path: string;
  place: string;
  text: string | null;
  lock: Lock | null;
}>;

/** @throws PhasegateError `invalid-input` for a lock file that cannot be read, or of another pipeline */
export function readLockFile(pipeline: string, { pipeline: { name } }: Definition): LockFile {
  const path = lockPathOf(pipelinePath(pipeline));
  const place = relative(process.cwd(), path);
  if (!existsSync(path)) return { path, place, text: null, lock: null };
  const text = readFileSync(path, 'utf8');
  const lock = readLock({ file: place, text });
  if (lock.pipeline !== name) {
    throw new PhasegateError(
      'invalid-input',
      `${place} holds the promises of pipeline ${lock.pipeline}, not of ${name}; it stands beside the file of its own pipeline`,
    );
  }
  return { path, place, text, lock };
}

/** What the lock file beside the pipeline holds; null when there is none. */
export function acceptedByLock(pipeline: string, definition: Definition): Accepted | null {
  const { lock, place } = readLockFile(pipeline, definition);
  return lock === null ? null : { promises: lock.promises, place };
}

/** What the last run of the same pipeline in this world promised; null when there was none. */
export function acceptedByLastRun(
  runs: RunStore,
  definition: Definition,
): Promise<Accepted | null> {
  return promisesOfLastRun({ runs, pipelineOf: keptPipelines(runs) }, definition);
}

/** Compares a definition with what was accepted, as of today in the pipeline's time zone. */
export function compareWith({ promises }: Accepted, { pipeline }: Definition): Comparison {
  return comparePromises(
    promises,
    promisesOf(pipeline),
    pipeline.loosened,
    today(pipeline.timeZone),
  );
}

/**
 * Tells what is promised less than it was accepted. True when a person signed for all of it, or nothing was accepted.
 *
 * @param isTold what was signed for was told already
 */
export function isAccepted(
  accepted: Accepted | null,
  definition: Definition,
  output: Output,
  isTold = false,
): boolean {
  if (accepted === null) return true;
  const found = compareWith(accepted, definition);
  const declared = isTold ? [] : found.declared;
  const lines = looseningLines({ ...found, declared, strangers: [] }, accepted.place);
  for (const line of lines) output.note(line);
  return found.undeclared.length === 0;
}
