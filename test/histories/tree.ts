import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';

/** The modules of a release, as they stand in its tree. */
export async function releaseIn(tree: string) {
  const of = (path: string) => import(pathToFileURL(join(tree, path)).href);
  const { version } = JSON.parse(readFileSync(join(tree, 'package.json'), 'utf8')) as {
    version: string;
  };
  const { openLocalWorld } = (await of(
    'shared/adapters/local/world.ts',
  )) as typeof import('../../shared/adapters/local/world.ts');
  const { readPipeline } = (await of(
    'shared/edge/pipeline-file.ts',
  )) as typeof import('../../shared/edge/pipeline-file.ts');
  const { loadSource } = (await of(
    'shared/shell/load-source.ts',
  )) as typeof import('../../shared/shell/load-source.ts');
  return { version, openLocalWorld, readPipeline, loadSource };
}
