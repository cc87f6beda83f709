import { mkdirSync } from 'node:fs';
import { resolve } from 'node:path';
import { type LocalWorld, openLocalWorld } from '../adapters/local/world.ts';
import { PhasegateError } from '../core/errors.ts';
import type { Definition } from '../core/pipeline.ts';
import { type DefinitionOptions, readDefinitionFiles } from './definition.ts';
import type { Output } from './output.ts';

export type WorldOptions = DefinitionOptions & Readonly<{ world: string }>;

export const MAIN = resolve(import.meta.dirname, 'main.ts');

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

/** Opens the world, does the work, and closes it whatever happens, Ctrl-C included. */
export async function withWorld<Result>(
  options: WorldOptions,
  output: Output,
  work: (world: LocalWorld, definition: Definition, interrupted: AbortSignal) => Promise<Result>,
): Promise<Result> {
  const definition = readDefinitionFiles(options);
  const directory = worldDirectory(options.world);
  mkdirSync(directory, { recursive: true });
  const world = await openLocalWorld({
    directory,
    definition,
    jobCommand: [process.execPath, MAIN],
    onPage: (text) => output.note(`! ${text}`),
  });
  const interruption = new AbortController();
  const interrupt = interrupter(interruption);
  process.on('SIGINT', interrupt);
  process.on('SIGTERM', interrupt);
  try {
    return await work(world, definition, interruption.signal);
  } finally {
    process.off('SIGINT', interrupt);
    process.off('SIGTERM', interrupt);
    await world.close();
  }
}

/** The first signal ends the work in order; one that comes a second later ends the process. */
function interrupter(interruption: AbortController): () => void {
  let first: number | null = null;
  return () => {
    if (first !== null && Date.now() - first > 1000) process.exit(130);
    first ??= Date.now();
    interruption.abort();
  };
}
