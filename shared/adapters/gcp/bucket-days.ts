import type { LaunchId } from '../../core/ids.ts';
import { type BucketPlace, bucketFiles } from './bucket-files.ts';
import { hashOf } from './firestore-ids.ts';

/** Keeps lists of days that are too long for a job's environment: `days/LAUNCH-SHA256.txt`, read by the job as `gs://…`. */
export function bucketDays(
  place: BucketPlace,
): (launch: LaunchId, text: string) => Promise<string> {
  const files = bucketFiles(place, {
    contentType: 'text/plain',
    pack: (text) => Buffer.from(text),
    unpack: (bytes) => bytes.toString('utf8'),
  });
  return async (launch, text) => {
    const name = `days/${launch}-${hashOf(text)}.txt`;
    await files.keep(name, text);
    return `gs://${place.bucket}/${name}`;
  };
}
