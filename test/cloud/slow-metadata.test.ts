import { createServer } from 'node:http';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { bigQueryWarehouse } from '../../shared/adapters/gcp/bigquery-warehouse.ts';
import { parseTableName } from '../../shared/core/ids.ts';
import { close, listening } from './pushed.ts';

const jobReference = { projectId: 'local', jobId: 'queued', location: 'US' };
/** BigQuery on a night on which no query gets its turn. */
const queueing = createServer((request, response) => {
  const isResult = request.method === 'GET';
  const body = isResult
    ? { jobReference, jobComplete: false }
    : { jobReference, status: { state: 'PENDING' }, statistics: {} };
  request.resume();
  response.setHeader('content-type', 'application/json');
  response.end(JSON.stringify(body));
});
let url = '';
beforeAll(async () => {
  url = await listening(queueing);
});
afterAll(() => close(queueing));

it('who asks what days there are is free again while BigQuery lets the question wait', async () => {
  const place = { projectId: 'local', apiEndpoint: url, metadataMilliseconds: 300 };
  const asked = bigQueryWarehouse(place).dayStates([parseTableName('a.t')]);
  await expect(asked).rejects.toMatchObject({ kind: 'pending' });
}, 20_000);
