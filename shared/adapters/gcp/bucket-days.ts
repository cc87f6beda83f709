import type { Storage } from '@google-cloud/storage';
import { PhasegateError } from '../../core/errors.ts';
import type { LaunchId } from '../../core/ids.ts';

/** Keeps lists of days that are too long for a job's environment: `days/LAUNCH.txt`, read by the job as `gs://…`. */
export function bucketDays(
  client: () => Promise<Storage>,
  bucketName: string,
): (launch: LaunchId, text: string) => Promise<string> {
  return async (launch, text) => {
    const name = `days/${launch}.txt`;
    try {
      const file = (await client()).bucket(bucketName).file(name);
      await file.save(text, { resumable: false, contentType: 'text/plain' });
    } catch (error) {
      const why = error instanceof Error ? error.message : String(error);
      throw new PhasegateError('unavailable', `the days of launch ${launch}: ${why}`, error);
    }
    return `gs://${bucketName}/${name}`;
  };
}
