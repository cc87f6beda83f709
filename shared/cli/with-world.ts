import { resolve } from 'node:path';
import { commandIn } from '../adapters/command-in.ts';
import type { LocalWorld } from '../adapters/local/local-world.ts';
import { isWorld } from '../adapters/local/open-runs.ts';
import { openLocalWorld } from '../adapters/local/world.ts';
import type { DefinitionOptions } from '../adapters/pipeline-files.ts';
import { isKind, PhasegateError } from '../core/errors.ts';
import type { Definition } from '../core/pipeline.ts';
import { inWorld } from '../core/view/in-world.ts';
import { interruptible } from './interruptible.ts';
import type { Output } from './output.ts';
import { worldDirectory } from './world-directory.ts';

export type WorldOptions = DefinitionOptions & Readonly<{ world: string }>;

export const MAIN = resolve(import.meta.dirname, 'main.ts');

/**
 * A world to open: `make` where the command may be the first one in the directory, `launches` where
 * it is for the runs to go on. Other commands leave runs and jobs as they are.
 */
export type WorldPlace = Readonly<{
  world: string;
  definition: Definition;
  make: boolean;
  launches: boolean;
  /** The work concerns runs that are there, so the owner's definition does not matter. */
  anyDefinition?: boolean;
  /** False: tables that are missing stay missing. */
  makesTables?: boolean;
  /** Whatever the environment has, pages go no further than this console. */
  keepsPages?: boolean;
  /** Serves the page at this port; null: at any that is free. Absent: not at all. */
  port?: number | null;
}>;

/**
 * Opens the world, does the work, and closes it whatever happens, Ctrl-C included.
 *
 * @throws PhasegateError `invalid-input` where there is no world and none may be made; `unavailable` where the process that
 *   held it ended before the work was done
 */
export async function withWorld<Result>(
  {
    world: name,
    definition,
    make,
    launches,
    anyDefinition = false,
    makesTables = true,
    keepsPages,
    port,
  }: WorldPlace,
  output: Output,
  work: (world: LocalWorld, interrupted: AbortSignal) => Promise<Result>,
): Promise<Result> {
  const directory = worldDirectory(name);
  if (!make && !isWorld(directory)) {
    const { named } = definition;
    const load =
      named === undefined
        ? inWorld('npx phasegate load DIR', name)
        : commandIn('npx phasegate load DIR', named, name);
    throw new PhasegateError(
      'invalid-input',
      `no world in ${directory}; make one with: \`${load}\``,
    );
  }
  return interruptible(async (interrupted) => {
    const world = await openLocalWorld({
      directory,
      definition,
      anyDefinition,
      launches,
      makesTables,
      jobCommand: [process.execPath, MAIN],
      environment: keepsPages === true ? {} : process.env,
      ...(port === undefined ? {} : { page: { world: name, port } }),
      onPage: (text) => {
        const [title, ...lines] = text.split('\n');
        output.note(`! ${title}`);
        const page = lines.findLast((line) => line.startsWith('page: '));
        if (page !== undefined) output.note(`  ${page}`);
      },
    });
    try {
      return await work(world, interrupted);
    } catch (error) {
      if (world.isServed() || !isKind(error, 'unavailable')) throw error;
      const message = `process ${world.owner.pid}, which held this world, ended meanwhile; run the command again`;
      throw new PhasegateError('unavailable', message, error);
    } finally {
      await world.close();
    }
  });
}
