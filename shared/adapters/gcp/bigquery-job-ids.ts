import type { BigQuery, Job } from '@google-cloud/bigquery';
import { isKind, PhasegateError } from '../../core/errors.ts';
import { fromBigQuery } from './bigquery-errors.ts';
import { metadataOf } from './bigquery-jobs.ts';

/** A job that fails so often of trouble that may pass has trouble that does not. */
const TRIES = 10;

/**
 * Starts a job under its id, or finds the one that has it. BigQuery never uses an id again: where that job failed of
 * trouble that may pass, the same id with `-2`, `-3` and so on is used.
 *
 * @param start starts it; undefined where BigQuery chooses the id
 * @throws PhasegateError `unavailable` when ten of them have failed
 */
export async function underFreeId(
  client: BigQuery,
  jobId: string | undefined,
  start: (jobId: string | undefined) => Promise<Job>,
): Promise<Job> {
  for (let tries = 1; tries <= TRIES; tries++) {
    const id = jobId === undefined || tries === 1 ? jobId : `${jobId}-${tries}`;
    try {
      return await start(id);
    } catch (error) {
      const known = fromBigQuery(error);
      if (!isKind(known, 'conflict') || id === undefined) throw known;
      const job = client.job(id);
      if (!(await hasFailedForNow(job))) return job;
    }
  }
  throw new PhasegateError('unavailable', `job ${jobId} has failed ${TRIES} times`);
}

async function hasFailedForNow(job: Job): Promise<boolean> {
  const { status } = await metadataOf(job);
  if (status.state !== 'DONE' || status.errorResult === undefined) return false;
  const { reason, message } = status.errorResult;
  return isKind(fromBigQuery({ message, errors: [{ reason }] }), 'unavailable');
}
