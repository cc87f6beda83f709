import type { Storage } from '@google-cloud/storage';
import { z } from 'zod';
import { PhasegateError } from '../../core/errors.ts';
import { inTime } from './in-time.ts';

/** The official client sets an upload no limit, and tries again for ten minutes. */
const ANSWER_MS = 20_000;

export type BucketPlace = Readonly<{
  client: () => Promise<Storage>;
  bucket: string;
  /** How long to wait for an answer; absent means 20 seconds. */
  answerMilliseconds?: number;
}>;

export type Packing = Readonly<{
  contentType: string;
  pack: (text: string) => Buffer;
  unpack: (bytes: Buffer) => string;
}>;

/**
 * Texts in a bucket, each created once and never replaced. Who may create and read objects may keep a text twice: where
 * one is kept, Cloud Storage asks for the right to delete before it looks at the precondition
 * (https://cloud.google.com/storage/docs/access-control/iam-roles).
 *
 * Trouble is PhasegateError `unavailable`.
 */
export function bucketFiles(place: BucketPlace, { contentType, pack, unpack }: Packing) {
  const ask = async <Result>(call: (storage: Storage) => Promise<Result>): Promise<Result> => {
    const who = `bucket ${place.bucket}`;
    return inTime(who, place.answerMilliseconds ?? ANSWER_MS, place.client().then(call));
  };
  const fileIn = (storage: Storage, name: string) => storage.bucket(place.bucket).file(name);

  /** Null when nothing is kept by this name. */
  async function read(name: string): Promise<string | null> {
    try {
      const [bytes] = await ask((storage) => fileIn(storage, name).download({ decompress: false }));
      return unpack(bytes);
    } catch (error) {
      if (statusOf(error) === 404) return null;
      throw unavailable(place, error);
    }
  }

  return {
    read,

    /** @throws PhasegateError `conflict` when another text is kept by this name: it stays */
    async keep(name: string, text: string): Promise<void> {
      try {
        const options = {
          resumable: false,
          contentType,
          preconditionOpts: { ifGenerationMatch: 0 },
        };
        await ask((storage) => fileIn(storage, name).save(pack(text), options));
      } catch (error) {
        const mayBeThere = [403, 412].includes(statusOf(error) ?? 0);
        const kept = mayBeThere ? await read(name) : null;
        if (kept === null) throw unavailable(place, error);
        if (kept === text) return;
        throw new PhasegateError('conflict', `another text is kept as ${name}; it stays`, error);
      }
    },

    async list(prefix: string): Promise<readonly string[]> {
      try {
        const [files] = await ask((storage) => storage.bucket(place.bucket).getFiles({ prefix }));
        return files.map(({ name }) => name);
      } catch (error) {
        throw unavailable(place, error);
      }
    },
  };
}

const apiError = z.object({ code: z.coerce.number() });

/** What Cloud Storage answered; null where it did not. */
export function statusOf(error: unknown): number | null {
  const parsed = apiError.safeParse(error);
  return parsed.success ? parsed.data.code : null;
}

function unavailable({ bucket }: BucketPlace, error: unknown): PhasegateError {
  if (error instanceof PhasegateError) return error;
  const why = error instanceof Error ? error.message : String(error);
  return new PhasegateError('unavailable', `bucket ${bucket}: ${why}`, error);
}
