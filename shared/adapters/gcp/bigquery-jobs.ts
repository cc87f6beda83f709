import type { Readable } from 'node:stream';
import type {
  BigQuery,
  Job,
  JobLoadMetadata,
  Query,
  QueryResultsOptions,
  Table,
} from '@google-cloud/bigquery';
import { z } from 'zod';
import { PhasegateError } from '../../core/errors.ts';
import type { JobOptions, Param, Row, Statement } from '../../ports/warehouse.ts';
import { rowOf, tableField } from './bigquery-cells.ts';
import { fromBigQuery } from './bigquery-errors.ts';
import { underFreeId } from './bigquery-job-ids.ts';

const page = z.object({
  schema: z.object({ fields: z.array(tableField).default([]) }).optional(),
  rows: z.array(z.unknown()).default([]),
  jobComplete: z.boolean().default(true),
  pageToken: z.string().optional(),
});

/** Milliseconds since 1970 at which a caller stops waiting. */
export type Deadline = number;
const NEVER: Deadline = Number.POSITIVE_INFINITY;
const LONGEST_POLL_MS = 10_000;

/** When the caller of a job wants to be free again. */
export function deadlineOf({ jobId, waitMilliseconds }: Partial<JobOptions>): Deadline {
  if (waitMilliseconds === undefined) return NEVER;
  if (jobId !== undefined) return Date.now() + waitMilliseconds;
  throw new PhasegateError('bug', 'waitMilliseconds without a jobId: nobody could ask again');
}

/** What a job says of itself when it has ended. */
export const jobMetadata = z.object({
  jobReference: z.object({ jobId: z.string() }),
  status: z.object({
    state: z.string(),
    errorResult: z.object({ reason: z.string(), message: z.string().default('') }).optional(),
    errors: z.unknown().optional(),
  }),
  statistics: z.object({
    startTime: z.string().optional(),
    totalBytesProcessed: z.string().optional(),
    query: z
      .object({
        numDmlAffectedRows: z.string().optional(),
        totalBytesBilled: z.string().optional(),
      })
      .optional(),
    load: z.object({ outputRows: z.string().optional() }).optional(),
  }),
});
export type JobMetadata = z.output<typeof jobMetadata>;

/** A statement as the client takes it: values only as typed, named parameters. */
export function queryOf({ sql, params }: Statement, options: Partial<JobOptions> = {}): Query {
  const entries = Object.entries(params);
  return {
    query: sql,
    useLegacySql: false,
    ...(entries.length === 0
      ? {}
      : {
          params: Object.fromEntries(entries.map(([name, param]) => [name, boxed(param)])),
          types: Object.fromEntries(entries.map(([name, { type }]) => [name, type])),
        }),
    ...(options.jobId === undefined ? {} : { jobId: options.jobId }),
    ...(options.labels === undefined ? {} : { labels: { ...options.labels } }),
    ...(options.maximumBytes === undefined
      ? {}
      : { maximumBytesBilled: String(options.maximumBytes) }),
  };
}

/** The client unwraps a value whose declared type is a date or a time. */
function boxed({ type, value }: Param): unknown {
  return value !== null && /^(DATE|TIMESTAMP)$/.test(type) ? { value } : value;
}

/**
 * Starts a query job, or finds the one that has this id already. BigQuery never uses an id again, so one whose
 * job failed of trouble that may pass is followed by the same id with `-2`, `-3` and so on.
 */
export async function startedJob(client: BigQuery, query: Query): Promise<Job> {
  return underFreeId(client, query.jobId, async (jobId) => {
    const [job] = await client.createQueryJob(jobId === undefined ? query : { ...query, jobId });
    return job;
  });
}

export type Result = Readonly<{ rows: readonly Row[]; jobId: string }>;

/**
 * Waits for a query job and reads all its pages.
 *
 * @throws PhasegateError `pending` when the job is still running at the instant `until`
 */
export async function resultOf(job: Job, until: Deadline = NEVER): Promise<Result> {
  const rows: Row[] = [];
  let pageToken: string | undefined;
  for (;;) {
    const timeoutMs = Math.max(0, Math.min(LONGEST_POLL_MS, until - Date.now()));
    const answer = page.parse(
      await answerOf(job, { timeoutMs, ...(pageToken === undefined ? {} : { pageToken }) }),
    );
    if (!answer.jobComplete) {
      if (Date.now() >= until) throw stillRunning(job);
      continue;
    }
    const fields = answer.schema?.fields ?? [];
    for (const row of answer.rows) rows.push(rowOf(fields, row));
    if (answer.pageToken === undefined) return { rows, jobId: String(job.id) };
    pageToken = answer.pageToken;
  }
}

/** The client makes an error of a job that runs longer than the poll; the answer says so without one. */
function answerOf(job: Job, options: QueryResultsOptions): Promise<unknown> {
  const plain = { ...options, autoPaginate: false, skipParsing: true };
  return new Promise((resolve, reject) => {
    job.getQueryResults(plain, (error, _rows, _next, answer) => {
      const isRunning = answer?.jobComplete === false;
      if (error && !isRunning) reject(fromBigQuery(error));
      else resolve(answer);
    });
  });
}

function stillRunning(job: Job): PhasegateError {
  return new PhasegateError(
    'pending',
    `job ${job.id} is still running; ask again with the same job id`,
  );
}

/** What the service says a query read and costs; never a zero that it did not say. */
export function bytesOf({ jobReference, statistics }: JobMetadata) {
  const { totalBytesProcessed, query } = statistics;
  if (totalBytesProcessed === undefined || query?.totalBytesBilled === undefined) {
    throw new PhasegateError(
      'invalid-query',
      `job ${jobReference.jobId} does not say its bytes, as for a table with row access policies; read as an owner of the table`,
    );
  }
  return {
    bytesProcessed: Number(totalBytesProcessed),
    bytesBilled: Number(query.totalBytesBilled),
  };
}

export async function metadataOf(job: Job): Promise<JobMetadata> {
  try {
    const [metadata] = await job.getMetadata();
    return jobMetadata.parse(metadata);
  } catch (error) {
    throw fromBigQuery(error);
  }
}

/** Sends bytes into a load job and waits for its end; a job id that is known already is only waited for, as by `startedJob`. */
export async function loaded(
  client: BigQuery,
  table: Table,
  bytes: () => Readable,
  metadata: JobLoadMetadata,
): Promise<JobMetadata> {
  let sent: JobMetadata | null = null;
  const job = await underFreeId(client, metadata.jobId, async (jobId) => {
    const sink = table.createWriteStream(jobId === undefined ? metadata : { ...metadata, jobId });
    const own = await new Promise<Job>((resolve, reject) => {
      sink.on('error', reject);
      sink.on('complete', resolve);
      const source = bytes().on('error', (error) => sink.destroy(error));
      source.pipe(sink);
    });
    sent = jobMetadata.parse(own.metadata);
    return own;
  });
  return sent ?? ended(job);
}

async function ended(job: Job): Promise<JobMetadata> {
  await new Promise<void>((resolve, reject) => {
    job.on('error', (error) => reject(fromBigQuery(error)));
    job.on('complete', () => resolve());
  });
  const metadata = await metadataOf(job);
  if (metadata.status.errorResult)
    throw new PhasegateError('bug', 'a failed job was reported as complete');
  return metadata;
}
