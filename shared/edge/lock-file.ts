import { Document, isMap, isScalar, isSeq, parseDocument, visit } from 'yaml';
import { z } from 'zod';
import { PhasegateError } from '../core/errors.ts';
import type { Promises } from '../core/promises.ts';
import type { NamedText } from './pipeline-file.ts';

/** The promises of a pipeline that were accepted last, as they are committed beside it. */
export type Lock = Readonly<{
  pipeline: string;
  /** Hash of the definition that was accepted. */
  definition: string;
  promises: Promises;
}>;

const scalar = z.union([z.string(), z.number(), z.boolean()]);
const fields = z.record(z.string(), z.union([scalar, z.array(scalar)]));
const lockSchema = z.strictObject({
  pipeline: z.string().min(1),
  definition: z.string().min(1),
  tables: z.record(
    z.string(),
    z.strictObject({ own: fields, checks: z.record(z.string(), fields) }),
  ),
});

const HEAD = [
  ' The promises of this pipeline that were accepted last, one line each. Written by `phasegate lock`.',
  ' What promises less than this is refused, unless the pipeline declares it under `loosened`.',
].join('\n');

/** `nba.yaml` → `nba.lock.yaml`, beside it. */
export function lockPathOf(pipelinePath: string): string {
  return `${pipelinePath.replace(/\.ya?ml$/, '')}.lock.yaml`;
}

/** The same promises are the same text: sorted, one line for each check and for each promise of a table itself. */
export function writeLock({ pipeline, definition, promises }: Lock): string {
  const document = new Document(
    { pipeline, definition, tables: promises },
    { aliasDuplicateObjects: false },
  );
  document.commentBefore = HEAD;
  visit(document, {
    Map: (_, node) => {
      node.flow = !node.items.some(({ value }) => isMap(value));
    },
    Pair: (_, { key, value }) => {
      if (isScalar(key) && key.value === 'own' && isMap(value)) {
        value.flow = false;
        for (const own of value.items) if (isSeq(own.value)) own.value.flow = true;
        return visit.SKIP;
      }
      return undefined;
    },
  });
  return document.toString({ lineWidth: 0, flowCollectionPadding: true });
}

/** @throws PhasegateError `invalid-input` naming the file and what is wrong with it */
export function readLock({ file, text }: NamedText): Lock {
  const document = parseDocument(text, { uniqueKeys: true });
  const [error] = document.errors;
  if (error !== undefined) throw damaged(file, error.message);
  const { success, data, error: problem } = lockSchema.safeParse(document.toJS());
  if (success) {
    const { pipeline, definition, tables: promises } = data;
    return { pipeline, definition, promises };
  }
  const [issue] = problem.issues;
  throw damaged(file, `${issue?.path.join('.') || 'document'}: ${issue?.message}`);
}

function damaged(file: string, what: string): PhasegateError {
  return new PhasegateError(
    'invalid-input',
    `${file}: ${what}; a lock file is written by phasegate lock: take the last good one back from version control`,
  );
}
