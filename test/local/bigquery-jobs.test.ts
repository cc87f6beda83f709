import type { BigQuery, Job } from '@google-cloud/bigquery';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { bigQueryWarehouse } from '../../shared/adapters/gcp/bigquery-warehouse.ts';
import {
  type BigQueryServer,
  openBigQueryServer,
} from '../../shared/adapters/local/bigquery/server.ts';
import { googlesClient, PROJECT } from './googles-client.ts';

/** What the server says of jobs, asked with Google's client and by plain requests. */
let server: BigQueryServer;
let client: BigQuery;

beforeAll(async () => {
  server = await openBigQueryServer({ file: ':memory:', project: PROJECT });
  client = googlesClient(server);
  await client.createDataset('ds');
  await client.dataset('ds').createTable('t', { schema: [{ name: 'n', type: 'INT64' }] });
});
afterAll(() => server.close());

const stateOf = async (job: Job) => {
  const [{ status }] = await job.getMetadata();
  return status.state;
};
const answerOf = async (id: string, search: string) =>
  (await fetch(`${server.url}/bigquery/v2/projects/${PROJECT}/queries/${id}${search}`)).json();

it('gives the labels of our queries and writes back with their jobs', async () => {
  const warehouse = bigQueryWarehouse({ projectId: PROJECT, apiEndpoint: server.url });
  const replace =
    'MERGE `ds.t` AS t USING (SELECT 1 AS n) AS s ON FALSE WHEN NOT MATCHED BY SOURCE THEN DELETE WHEN NOT MATCHED BY TARGET THEN INSERT (n) VALUES (s.n)';
  const labels = { run: 'backfill-1', table: 'nba-player_game', gate: 'table' };
  await warehouse.query({ sql: 'SELECT 1 AS x', params: {} }, { jobId: 'asked', labels });
  await warehouse.write({ sql: replace, params: {} }, { jobId: 'written', labels });
  for (const id of ['asked', 'written']) {
    const [{ configuration }] = await client.job(id).getMetadata();
    expect(configuration.labels).toEqual(labels);
  }
});

it('tells a running job from one that is done, and waits no longer than asked', async () => {
  const release = server.hold('slow');
  const [job] = await client.createQueryJob({ query: 'SELECT 7 AS x', jobId: 'slow' });
  expect(job.metadata.status.state).toBe('RUNNING');
  expect(await stateOf(job)).toBe('RUNNING');
  expect(await answerOf('slow', '?timeoutMs=1')).toEqual({
    kind: 'bigquery#queryResponse',
    jobComplete: false,
    jobReference: { projectId: PROJECT, jobId: 'slow', location: 'US' },
  });
  const waiting = answerOf('slow', '?timeoutMs=60000');
  release();
  expect(await waiting).toMatchObject({ jobComplete: true, rows: [{ f: [{ v: '7' }] }] });
  expect(await stateOf(job)).toBe('DONE');
});

it('refuses a second job of an id while the first is running', async () => {
  const release = server.hold('once');
  const [job] = await client.createQueryJob({ query: 'SELECT 1 AS x', jobId: 'once' });
  await expect(
    client.createQueryJob({ query: 'SELECT 2 AS x', jobId: 'once' }),
  ).rejects.toMatchObject({ code: 409, errors: [{ reason: 'duplicate' }] });
  release();
  const [rows] = await job.getQueryResults();
  expect(rows).toEqual([{ x: 1 }]);
});

it('refuses what is over the cap by BigQuery’s own reason', async () => {
  await expect(
    client.query({ query: 'SELECT n FROM `ds.t`', maximumBytesBilled: '1000000' }),
  ).rejects.toMatchObject({
    code: 400,
    errors: [{ reason: 'bytesBilledLimitExceeded' }],
    message: expect.stringContaining(
      'limit for bytes billed: 1000000. 10485760 or higher required',
    ),
  });
});

it('says what a job processed and what it is billed, and that a dry run is free', async () => {
  const query = 'SELECT n FROM `ds.t`';
  const [job] = await client.createQueryJob({ query });
  await job.getQueryResults();
  const [{ statistics }] = await job.getMetadata();
  expect(statistics.query).toMatchObject({
    totalBytesProcessed: '8',
    totalBytesBilled: '10485760',
  });
  const [dry] = await client.createQueryJob({ query, dryRun: true });
  expect(dry.metadata.statistics.query.totalBytesBilled).toBe('0');
});

it('lets go of held jobs when it closes', async () => {
  const other = await openBigQueryServer({ file: ':memory:', project: 'proj' });
  other.hold('never');
  const post = fetch(`${other.url}/bigquery/v2/projects/${PROJECT}/jobs`, {
    method: 'POST',
    body: JSON.stringify({
      configuration: { query: { query: 'SELECT 1 AS x' } },
      jobReference: { jobId: 'never' },
    }),
  });
  expect(await (await post).json()).toMatchObject({ status: { state: 'RUNNING' } });
  await expect(other.close()).resolves.toBeUndefined();
});
