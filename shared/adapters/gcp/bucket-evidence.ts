import { gunzipSync, gzipSync } from 'node:zlib';
import type { Bucket, Storage } from '@google-cloud/storage';
import { z } from 'zod';
import { PhasegateError } from '../../core/errors.ts';
import type { EvidenceStore } from '../../ports/evidence-store.ts';
import { assertEvidenceId } from '../evidence-id.ts';

const FOLDER = 'evidence/';
const ENDING = '.json.gz';

/** Evidence as `evidence/ID.json.gz` in a bucket of Cloud Storage; an object is created once and never replaced. */
export function bucketEvidence(client: () => Promise<Storage>, bucketName: string): EvidenceStore {
  const fileOf = async (id: string) => {
    assertEvidenceId(id);
    const bucket: Bucket = (await client()).bucket(bucketName);
    return bucket.file(`${FOLDER}${id}${ENDING}`);
  };
  const get = async (id: string) => {
    const file = await fileOf(id);
    try {
      const [bytes] = await file.download({ decompress: false });
      return gunzipSync(bytes).toString('utf8');
    } catch (error) {
      if (statusOf(error) !== 404) throw unavailable(error);
      const message = `no evidence ${id} in bucket ${bucketName}`;
      throw new PhasegateError('not-found', message, error);
    }
  };
  return {
    async put(id, text) {
      const file = await fileOf(id);
      try {
        await file.save(gzipSync(text), {
          resumable: false,
          contentType: 'application/gzip',
          preconditionOpts: { ifGenerationMatch: 0 },
        });
      } catch (error) {
        if (statusOf(error) !== 412) throw unavailable(error);
        if ((await get(id)) === text) return;
        throw new PhasegateError('conflict', `other evidence is kept as ${id}; it stays`, error);
      }
    },

    get,

    async list() {
      try {
        const [files] = await (await client()).bucket(bucketName).getFiles({ prefix: FOLDER });
        return files
          .map(({ name }) => name.slice(FOLDER.length))
          .filter((name) => name.endsWith(ENDING))
          .map((name) => name.slice(0, -ENDING.length))
          .sort();
      } catch (error) {
        throw unavailable(error);
      }
    },
  };
}

const apiError = z.object({ code: z.coerce.number() });

function statusOf(error: unknown): number | null {
  const parsed = apiError.safeParse(error);
  return parsed.success ? parsed.data.code : null;
}

function unavailable(error: unknown): PhasegateError {
  const why = error instanceof Error ? error.message : String(error);
  return new PhasegateError('unavailable', `the evidence's bucket: ${why}`, error);
}
