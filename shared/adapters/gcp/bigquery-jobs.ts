import type { Readable } from 'node:stream';
import type { BigQuery, Job, JobLoadMetadata, Query, Table } from '@google-cloud/bigquery';
import { z } from 'zod';
import { isKind, PhasegateError } from '../../core/errors.ts';
import type { JobOptions, Param, QueryResult, Row, Statement } from '../../ports/warehouse.ts';
import { rowOf, tableField } from './bigquery-cells.ts';
import { fromBigQuery } from './bigquery-errors.ts';

const page = z.object({
  schema: z.object({ fields: z.array(tableField).default([]) }).optional(),
  jobComplete: z.boolean().default(true),
  pageToken: z.string().optional(),
});

/** What a job says of itself when it has ended. */
export const jobMetadata = z.object({
  jobReference: z.object({ jobId: z.string() }),
  status: z.object({
    state: z.string(),
    errorResult: z.unknown().optional(),
    errors: z.unknown().optional(),
  }),
  statistics: z.object({
    startTime: z.string().optional(),
    totalBytesProcessed: z.string().optional(),
    query: z.object({ numDmlAffectedRows: z.string().optional() }).optional(),
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

/** Starts a query job, or finds the one that has this id already. */
export async function startedJob(client: BigQuery, query: Query): Promise<Job> {
  try {
    const [job] = await client.createQueryJob(query);
    return job;
  } catch (error) {
    const known = fromBigQuery(error);
    if (!isKind(known, 'conflict') || query.jobId === undefined) throw known;
    return client.job(query.jobId);
  }
}

/** Waits for a query job and reads all its pages. */
export async function resultOf(job: Job): Promise<Omit<QueryResult, 'bytesProcessed'>> {
  const rows: Row[] = [];
  let pageToken: string | undefined;
  try {
    for (;;) {
      const [raw, , answer] = await job.getQueryResults({
        autoPaginate: false,
        skipParsing: true,
        ...(pageToken === undefined ? {} : { pageToken }),
      });
      const { schema, jobComplete, pageToken: next } = page.parse(answer);
      if (!jobComplete) continue;
      const fields = schema?.fields ?? [];
      for (const row of raw) rows.push(rowOf(fields, row));
      if (next === undefined) return { rows, jobId: String(job.id) };
      pageToken = next;
    }
  } catch (error) {
    throw fromBigQuery(error);
  }
}

export async function metadataOf(job: Job): Promise<JobMetadata> {
  const [metadata] = await job.getMetadata();
  return jobMetadata.parse(metadata);
}

/** Sends bytes into a load job and waits for its end; a job id that is known already is only waited for. */
export async function loaded(
  client: BigQuery,
  table: Table,
  bytes: Readable,
  metadata: JobLoadMetadata,
): Promise<JobMetadata> {
  const { jobId } = metadata;
  try {
    const sink = table.createWriteStream(metadata);
    const job = await new Promise<Job>((resolve, reject) => {
      sink.on('error', reject);
      sink.on('complete', resolve);
      bytes.on('error', (error) => sink.destroy(error));
      bytes.pipe(sink);
    });
    return jobMetadata.parse(job.metadata);
  } catch (error) {
    const known = fromBigQuery(error);
    if (!isKind(known, 'conflict') || jobId === undefined) throw known;
    return ended(client.job(jobId));
  }
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
