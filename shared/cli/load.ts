import { readDefinitionFiles } from '../adapters/pipeline-files.ts';
import { counted } from '../core/view/counted.ts';
import type { ExitCode } from './exit-code.ts';
import { loadDirectory, refuseEmpty } from './load-directory.ts';
import type { Output } from './output.ts';
import { type WorldOptions, withWorld } from './with-world.ts';

export type LoadOptions = WorldOptions & Readonly<{ json?: boolean; only?: string }>;

/** Loads the raw files of a directory. A file that is wrong stops nothing else, and the command ends with 1. */
export async function load(
  directory: string,
  options: LoadOptions,
  output: Output,
): Promise<ExitCode> {
  const definition = readDefinitionFiles(options);
  const { pipeline } = definition;
  refuseEmpty(directory, pipeline, options.only);
  const place = { world: options.world, definition, make: true, launches: false };
  return withWorld(place, output, async ({ warehouse }) => {
    const found = await loadDirectory(directory, pipeline, options.only, warehouse, output);
    if (options.json === true) output.json(found);
    else
      output.line(
        `${counted(found.loaded.length, 'file')} loaded, ${found.failed.length} failed, ${found.missing.length} missing`,
      );
    return found.failed.length + found.missing.length === 0 ? 0 : 1;
  });
}
