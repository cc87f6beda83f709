import { BigQuery } from '@google-cloud/bigquery';
import { afterAll, beforeAll, expect, it } from 'vitest';
import {
  type BigQueryServer,
  openBigQueryServer,
} from '../../shared/adapters/local/bigquery/server.ts';
import { googlesClient, PROJECT } from './googles-client.ts';

/** What a foreign job may do with Google's client, beyond what our own adapter uses. */
let server: BigQueryServer;
let client: BigQuery;

beforeAll(async () => {
  server = await openBigQueryServer({ file: ':memory:', project: PROJECT });
  client = googlesClient(server);
});
afterAll(() => server.close());

it('answers the fast path of query() with parameters of arrays', async () => {
  const [rows] = await client.query({
    query:
      'SELECT COUNT(*) AS c FROM UNNEST(@days) AS d WHERE d IN UNNEST(@some) AND @name IN UNNEST(@names)',
    params: {
      days: [BigQuery.date('2024-01-01'), BigQuery.date('2024-01-02')],
      some: [BigQuery.date('2024-01-02')],
      name: 'b',
      names: ['a', 'b'],
    },
  });
  expect(rows).toEqual([{ c: 1 }]);
});

it('decodes to the client’s own types', async () => {
  const [[row]] = await client.query(
    "SELECT DATE '2024-01-01' AS d, TIMESTAMP '2024-01-01 00:00:00+00' AS t, NUMERIC '1.50' AS n, [1, 2] AS a, STRUCT(1 AS x, 'y' AS z) AS s",
  );
  expect(row.d.value).toBe('2024-01-01');
  expect(row.t.value).toBe('2024-01-01T00:00:00.000Z');
  expect(String(row.n)).toBe('1.5');
  expect(row.a).toEqual([1, 2]);
  expect(row.s).toEqual({ x: 1, z: 'y' });
});

it('pages a result as often as the client asks', async () => {
  const [job] = await client.createQueryJob(
    'SELECT x FROM UNNEST(GENERATE_ARRAY(1, 25)) AS x ORDER BY x',
  );
  const [first, next] = await job.getQueryResults({ maxResults: 10, autoPaginate: false });
  expect([first.length, next?.pageToken]).toEqual([10, '10']);
  const [last, none] = await job.getQueryResults({
    maxResults: 20,
    pageToken: '20',
    autoPaginate: false,
  });
  expect([last.map(({ x }) => x), none]).toEqual([[21, 22, 23, 24, 25], null]);
  const [all] = await job.getQueryResults();
  expect(all.map(({ x }) => x)).toEqual(Array.from({ length: 25 }, (_, index) => index + 1));
});

it('knows datasets and tables by the routes of the client', async () => {
  await client.createDataset('ds');
  await expect(client.createDataset('ds')).rejects.toMatchObject({
    code: 409,
    errors: [{ reason: 'duplicate' }],
  });
  expect(await client.dataset('ds').exists()).toEqual([true]);
  expect(await client.dataset('other').exists()).toEqual([false]);
  const schema = [
    { name: 'day', type: 'DATE', mode: 'REQUIRED' },
    { name: 'tags', type: 'STRING', mode: 'REPEATED' },
  ];
  const [table] = await client.dataset('ds').createTable('t', {
    schema,
    timePartitioning: { type: 'DAY', field: 'day' },
    requirePartitionFilter: true,
  });
  const [metadata] = await table.getMetadata();
  expect(metadata).toMatchObject({
    schema: { fields: schema },
    timePartitioning: { field: 'day' },
    requirePartitionFilter: true,
    numRows: '0',
  });
  await table.delete();
  expect(await table.exists()).toEqual([false]);
});

it('predicts bytes of a dry run without leaving a job', async () => {
  const [job] = await client.createQueryJob({ query: 'SELECT 1 AS x', dryRun: true });
  expect(job.metadata.statistics.totalBytesProcessed).toBe('0');
  expect(job.metadata.jobReference.jobId).toBeUndefined();
});

it('reports what is wrong with a query by its reason', async () => {
  await expect(client.query('SELECT nope AS x')).rejects.toMatchObject({
    code: 400,
    errors: [{ reason: 'invalidQuery' }],
  });
  await expect(client.query('SELECT 1 AS x FROM `no.t`')).rejects.toMatchObject({
    code: 404,
    errors: [{ reason: 'notFound' }],
  });
});

it('refuses a name that would need quoting', async () => {
  await expect(client.createDataset('a"; DROP')).rejects.toMatchObject({
    errors: [{ reason: 'invalid' }],
  });
  await expect(client.createDataset('_phasegate')).rejects.toMatchObject({
    errors: [{ reason: 'invalid' }],
  });
});

it('answers an unknown route with notFound', async () => {
  const response = await fetch(`${server.url}/bigquery/v2/projects/${PROJECT}/models`);
  expect(response.status).toBe(404);
});

it('refuses to make a table that only its case tells from another, which stays', async () => {
  await client.createDataset('alike');
  const schema = [{ name: 'n', type: 'INT64' }];
  await client.dataset('alike').createTable('t', { schema });
  await expect(
    client.dataset('alike').createTable('T', { schema: [{ name: 'x', type: 'STRING' }] }),
  ).rejects.toThrow('alike.T differs from alike.t only in upper and lower case');
  const [{ schema: kept }] = await client.dataset('alike').table('t').getMetadata();
  expect(kept.fields).toEqual([expect.objectContaining({ name: 'n' })]);
});
