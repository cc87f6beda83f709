import { createHash } from 'node:crypto';
import { z } from 'zod';
import { PhasegateError } from '../core/errors.ts';

/** Who is told where data comes from, and in whose namespace our jobs are. */
export type LineageTarget = Readonly<{
  /** Null: nobody is told. */
  url: string | null;
  /** A secret. */
  apiKey: string | null;
  namespace: string;
}>;

const PATH = 'api/v1/lineage';

/** As OpenLineage's own clients read their environment: https://openlineage.io/docs/client/python. */
const environmentSchema = z.object({
  OPENLINEAGE_URL: z
    .string()
    .regex(/^https?:\/\/[^\s@?#]+$/, { error: 'is not an http address without a user, ? or #' })
    .optional(),
  OPENLINEAGE_ENDPOINT: z
    .string()
    .regex(/^[\w./-]+$/, { error: 'is not a path, such as api/v1/lineage' })
    .default(PATH),
  OPENLINEAGE_API_KEY: z
    .string()
    .regex(/^[\x21-\x7e]+$/, { error: 'is not one word' })
    .optional(),
  OPENLINEAGE_NAMESPACE: z.string().min(1, 'is empty').optional(),
});

/**
 * @param namespace of our jobs, where the environment names none
 * @throws PhasegateError `invalid-input` listing all that is wrong; no value is told, one is secret
 */
export function readLineageTarget(
  environment: Readonly<Record<string, string | undefined>>,
  namespace: string,
): LineageTarget {
  const { success, data, error } = environmentSchema.safeParse(environment);
  if (!success) {
    const problems = error.issues.map(({ path, message }) => `${String(path[0])} ${message}`);
    throw new PhasegateError('invalid-input', `lineage is set up wrong: ${problems.join('; ')}`);
  }
  const base = data.OPENLINEAGE_URL?.replace(/\/+$/, '');
  const path = data.OPENLINEAGE_ENDPOINT.replace(/^\/+/, '');
  return {
    url: base === undefined ? null : `${base}/${path}`,
    apiKey: data.OPENLINEAGE_API_KEY ?? null,
    namespace: data.OPENLINEAGE_NAMESPACE ?? namespace,
  };
}

/** Of our own, made once at random: https://www.rfc-editor.org/rfc/rfc9562#name-uuid-version-5. */
const OURS = '8d4f2f0f3b1c4a52a0a5b1d3c7e69f24';

/** The UUID, version 5, of a name in one namespace. */
export function uuidIn(namespace: string): (name: string) => string {
  return (name) => {
    const bytes = createHash('sha1').update(OURS, 'hex').update(`${namespace}\n${name}`).digest();
    bytes[6] = ((bytes[6] ?? 0) & 0x0f) | 0x50;
    bytes[8] = ((bytes[8] ?? 0) & 0x3f) | 0x80;
    const hex = bytes.toString('hex').slice(0, 32);
    return hex.replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5');
  };
}
