import type { Storage } from '@google-cloud/storage';
import { z } from 'zod';
import { PhasegateError } from '../../core/errors.ts';
import type { NewestFile } from '../../core/monitor/file-findings.ts';
import { type FileAges, MOST_FILES } from '../../ports/file-ages.ts';
import { statusOf } from './bucket-files.ts';
import { inTime } from './in-time.ts';

export type BucketsPlace = Readonly<{
  client: () => Promise<Storage>;
  /** How long to wait for a page of names; absent means 20 seconds. */
  answerMilliseconds?: number;
}>;

const ANSWER_MS = 20_000;
const A_PAGE = 1000;
const FIELDS = 'items(name,updated,size),nextPageToken';

const page = z.object({
  items: z
    .array(z.object({ name: z.string(), updated: z.string(), size: z.coerce.number() }))
    .default([]),
  nextPageToken: z.string().optional(),
});

/** Names, times and sizes of objects, page by page. Whoever asks must be able to list the bucket, and need not read an object. */
export function bucketAges({ client, answerMilliseconds = ANSWER_MS }: BucketsPlace): FileAges {
  return {
    async newest(folder) {
      const [, bucket = '', prefix = ''] = /^gs:\/\/([^/]+)\/(.*)$/.exec(folder) ?? [];
      const storage = await client();
      let newest: NewestFile | null = null;
      let pageToken: string | undefined;
      let listed = 0;
      while (listed < MOST_FILES) {
        const query = {
          prefix,
          maxResults: A_PAGE,
          fields: FIELDS,
          autoPaginate: false,
          ...(pageToken === undefined ? {} : { pageToken }),
        };
        const answer = storage.bucket(bucket).getFiles(query);
        const [, , body] = await inTime(`bucket ${bucket}`, answerMilliseconds, answer).catch(
          (error: unknown) => {
            throw translated(bucket, error);
          },
        );
        const { items, nextPageToken } = page.parse(body ?? {});
        for (const { name, updated, size } of items) {
          const changedAt = new Date(updated).toISOString();
          if (name.endsWith('/') || (newest !== null && newest.changedAt >= changedAt)) continue;
          newest = { name: `gs://${bucket}/${name}`, changedAt, bytes: size };
        }
        if (nextPageToken === undefined) return newest;
        listed += items.length;
        pageToken = nextPageToken;
      }
      const message = `more than ${MOST_FILES} files lie in ${folder}; name a smaller folder, such as one with {day}`;
      throw new PhasegateError('invalid-input', message);
    },
  };
}

function translated(bucket: string, error: unknown): PhasegateError {
  if (error instanceof PhasegateError) return error;
  const why = error instanceof Error ? error.message : String(error);
  const message = `bucket ${bucket}: ${why}`;
  const status = statusOf(error);
  if (status === 404) return new PhasegateError('not-found', message, error);
  const isRefused = status === 401 || status === 403;
  return new PhasegateError(isRefused ? 'invalid-input' : 'unavailable', message, error);
}
