import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join, relative, resolve } from 'node:path';
import { PhasegateError } from '../core/errors.ts';
import type { Definition, DefinitionNames } from '../core/pipeline.ts';
import { readPipeline } from '../edge/pipeline-file.ts';

const OWN_PIPELINES = resolve(import.meta.dirname, '../pipelines');

const NAME = /^[a-z][a-z0-9-]*$/;

export type DefinitionOptions = Readonly<{ pipeline: string; overlay?: string | undefined }>;

/** Reads a pipeline by its short name (`nba`) or its file, with an overlay laid over it. */
export function readDefinitionFiles({ pipeline, overlay }: DefinitionOptions): Definition {
  const isName = NAME.test(pipeline);
  const file = pipelinePath(pipeline);
  const laid = overlay === undefined ? null : { file: overlay, text: read(overlay, 'a YAML file') };
  const what = isName ? `${relative(process.cwd(), file)} (pipeline ${pipeline})` : pipeline;
  const definition = readPipeline(
    { file: what, text: read(file, `a file, or one of ${ownPipelines().join(', ')}`, what) },
    laid,
    (path) => read(join(dirname(file), path), 'a file with a SELECT'),
  );
  return { ...definition, named: namesOf({ pipeline, overlay }) };
}

/** Options as they name the same files in any directory. */
export function namesOf({ pipeline, overlay }: DefinitionOptions): DefinitionNames {
  return {
    pipeline: NAME.test(pipeline) ? pipeline : resolve(pipeline),
    ...(overlay === undefined ? {} : { overlay: resolve(overlay) }),
  };
}

/** The file of a pipeline given by its short name or its file. */
export function pipelinePath(pipeline: string): string {
  return NAME.test(pipeline) ? join(OWN_PIPELINES, `${pipeline}.yaml`) : resolve(pipeline);
}

function ownPipelines(): string[] {
  const names = readdirSync(OWN_PIPELINES).filter((name) => name.endsWith('.yaml'));
  return names.map((name) => name.slice(0, -'.yaml'.length)).filter((name) => NAME.test(name));
}

function read(path: string, accepted: string, what = path): string {
  try {
    return readFileSync(path, 'utf8');
  } catch (error) {
    throw new PhasegateError(
      'invalid-input',
      `${what} cannot be read; accepted: ${accepted}`,
      error,
    );
  }
}
