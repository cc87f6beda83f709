import { gunzipSync, gzipSync } from 'node:zlib';
import { PhasegateError } from '../../core/errors.ts';
import type { EvidenceStore } from '../../ports/evidence-store.ts';
import { assertEvidenceId } from '../evidence-id.ts';
import { type BucketPlace, bucketFiles } from './bucket-files.ts';

const FOLDER = 'evidence/';
const ENDING = '.json.gz';

/** Evidence as `evidence/ID.json.gz` in a bucket of Cloud Storage; an object is created once and never replaced. */
export function bucketEvidence(place: BucketPlace): EvidenceStore {
  const files = bucketFiles(place, {
    contentType: 'application/gzip',
    pack: (text) => gzipSync(text),
    unpack: (bytes) => gunzipSync(bytes).toString('utf8'),
  });
  const nameOf = (id: string) => {
    assertEvidenceId(id);
    return `${FOLDER}${id}${ENDING}`;
  };
  return {
    put: async (id, text) => files.keep(nameOf(id), text),

    async get(id) {
      const text = await files.read(nameOf(id));
      if (text !== null) return text;
      throw new PhasegateError('not-found', `no evidence ${id} in bucket ${place.bucket}`);
    },

    async list() {
      return (await files.list(FOLDER))
        .map((name) => name.slice(FOLDER.length))
        .filter((name) => name.endsWith(ENDING))
        .map((name) => name.slice(0, -ENDING.length))
        .sort();
    },
  };
}
