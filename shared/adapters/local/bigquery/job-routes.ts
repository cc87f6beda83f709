import { randomUUID } from 'node:crypto';
import { PhasegateError } from '../../../core/errors.ts';
import { type Call, jsonBody, reply } from './http.ts';
import type { Job, Jobs, Outcome } from './jobs.ts';
import { jobRequest, queryRequest, readRequest } from './requests.ts';
import type { JobRunner } from './run-jobs.ts';
import { appendBody, receiveMultipart, temporaryFile, type Upload } from './uploads.ts';

/** How long the start of a job waits for its end before it answers "still running". The client asks for the end of a load only every 500 ms. */
const PATIENCE_MS = 100;
const LOAD_PATIENCE_MS = 5_000;
const PAGE_ROWS = 50_000;

export type JobRoutes = Readonly<{
  insert: (call: Call) => Promise<void>;
  query: (call: Call) => Promise<void>;
  results: (call: Call, id: string) => Promise<void>;
  show: (call: Call, id: string) => Promise<void>;
  upload: (call: Call) => Promise<void>;
}>;

export function jobRoutes(runner: JobRunner, jobs: Jobs, project: string): JobRoutes {
  const resumable = new Map<string, Upload>();

  const startUpload = async (call: Call, { metadata, path, discard }: Upload) => {
    const request = readRequest(jobRequest, metadata);
    const job = await runner
      .start(request, configurationOf(metadata), path)
      .catch(async (error) => {
        await discard();
        throw error;
      });
    job.ended.then(discard);
    await endedWithin(job, LOAD_PATIENCE_MS);
    reply(call, job.resource());
  };

  return {
    insert: async (call) => {
      const body = await jsonBody(call);
      const request = readRequest(jobRequest, body);
      const { dryRun, query } = request.configuration;
      if (dryRun) {
        if (!query) throw new PhasegateError('invalid-input', 'only a query can be run dry');
        reply(call, dryResource(await runner.dryRun(query), configurationOf(body), project));
        return;
      }
      const job = await runner.start(request, configurationOf(body));
      await endedWithin(job, PATIENCE_MS);
      reply(call, job.resource());
    },
    query: async (call) => {
      const body = await jsonBody(call);
      const request = readRequest(queryRequest, body);
      if (request.dryRun) {
        const { statistics, fields = [] } = await runner.dryRun(request);
        const { totalBytesProcessed } = statistics;
        reply(call, {
          kind: 'bigquery#queryResponse',
          jobComplete: true,
          totalBytesProcessed,
          schema: { fields },
          jobReference: { projectId: project, location: 'US' },
        });
        return;
      }
      const id = `query_${randomUUID()}`;
      const configuration = { query: request, dryRun: false, labels: request.labels };
      const job = await runner.start(
        { configuration, jobReference: { jobId: id } },
        { query: body },
      );
      await endedWithin(job, request.timeoutMs);
      if (replyWithRows(call, job, request.maxResults) === 'last page') jobs.delivered(id);
    },
    results: async (call, id) => {
      const job = await jobs.find(id);
      await endedWithin(job, Number(call.search.get('timeoutMs') ?? 10_000));
      const asked = call.search.get('maxResults');
      const rows = asked === null ? undefined : Number(asked);
      if (replyWithRows(call, job, rows) === 'last page') jobs.delivered(id);
    },
    show: async (call, id) => reply(call, (await jobs.find(id)).resource()),
    upload: async (call) => {
      if (call.search.get('uploadType') === 'multipart') {
        await startUpload(call, await receiveMultipart(call.request));
        return;
      }
      const id = call.search.get('upload_id');
      if (id === null) {
        const started = randomUUID();
        resumable.set(started, { metadata: await jsonBody(call), ...(await temporaryFile()) });
        const { host } = call.request.headers;
        const location = `http://${host}${call.request.url}&upload_id=${started}`;
        reply(call, {}, 200, { location });
        return;
      }
      const upload = resumable.get(id);
      if (upload === undefined) throw new PhasegateError('not-found', `Not found: upload ${id}`);
      const size = await appendBody(call.request, upload.path);
      const [, total] = /\/(\d+|\*)$/.exec(call.request.headers['content-range'] ?? '') ?? [];
      if (total === '*' || (total !== undefined && size < Number(total))) {
        call.response.writeHead(308, size === 0 ? {} : { range: `bytes=0-${size - 1}` }).end();
        return;
      }
      resumable.delete(id);
      await startUpload(call, upload);
    },
  };
}

type Replied = 'still running' | 'a page' | 'last page';

function replyWithRows(call: Call, job: Job, maxResults = PAGE_ROWS): Replied {
  const fault = job.fault();
  if (fault) throw fault;
  const resource = job.resource();
  const outcome = job.outcome();
  const { jobReference } = resource;
  if (outcome === null) {
    reply(call, { kind: 'bigquery#queryResponse', jobComplete: false, jobReference });
    return 'still running';
  }
  const { rows = [], fields = [], statistics } = outcome;
  const from = Number(call.search.get('pageToken') ?? call.search.get('startIndex') ?? 0);
  const until = from + Math.min(maxResults, PAGE_ROWS);
  reply(call, {
    kind: 'bigquery#queryResponse',
    jobComplete: true,
    jobReference,
    schema: { fields },
    totalRows: String(rows.length),
    rows: rows.slice(from, until),
    totalBytesProcessed: statistics.totalBytesProcessed,
    numDmlAffectedRows: statistics.query?.numDmlAffectedRows,
    ...(until < rows.length ? { pageToken: String(until) } : {}),
  });
  return until < rows.length ? 'a page' : 'last page';
}

function dryResource(
  { statistics, fields = [] }: Outcome,
  configuration: unknown,
  project: string,
) {
  return {
    kind: 'bigquery#job',
    jobReference: { projectId: project, location: 'US' },
    configuration,
    status: { state: 'DONE' },
    statistics: { ...statistics, query: { ...statistics.query, schema: { fields } } },
  };
}

function configurationOf(body: unknown): unknown {
  return typeof body === 'object' && body !== null && 'configuration' in body
    ? body.configuration
    : {};
}

async function endedWithin(job: Job, ms: number): Promise<void> {
  let timer: NodeJS.Timeout | undefined;
  const patience = new Promise<void>((resolve) => {
    timer = setTimeout(resolve, ms);
  });
  await Promise.race([job.ended, patience]);
  clearTimeout(timer);
}
