import { createServer } from 'node:http';
import { text } from 'node:stream/consumers';
import { z } from 'zod';
import { bigQueryWarehouse } from '../../shared/adapters/gcp/bigquery-warehouse.ts';
import type { Warehouse } from '../../shared/ports/warehouse.ts';
import type { TypedStatement } from './analyzer.ts';

const parameterType = z.object({
  type: z.string(),
  arrayType: z.object({ type: z.string() }).optional(),
});
const queryJob = z.object({
  configuration: z.object({
    query: z.object({
      query: z.string(),
      queryParameters: z.array(z.object({ name: z.string(), parameterType })).default([]),
    }),
  }),
});

/** What the BigQuery adapter itself sends while `work` runs, to a service where nothing exists. */
export async function sentByAdapter(
  work: (warehouse: Warehouse) => Promise<unknown>,
): Promise<readonly TypedStatement[]> {
  const sent: TypedStatement[] = [];
  const server = createServer(async (request, response) => {
    const job = queryJob.safeParse(JSON.parse((await text(request)) || '{}'));
    if (job.success) {
      const { query, queryParameters } = job.data.configuration.query;
      const types = queryParameters.map(({ name, parameterType: { type, arrayType } }) => [
        name,
        arrayType === undefined ? type : `ARRAY<${arrayType.type}>`,
      ]);
      sent.push({ sql: query, paramTypes: Object.fromEntries(types) });
    }
    const error = { code: 404, message: 'not here', errors: [{ reason: 'notFound' }] };
    response.writeHead(404, { 'content-type': 'application/json' });
    response.end(JSON.stringify({ error }));
  });
  await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening));
  try {
    const address = server.address();
    const port = typeof address === 'object' && address !== null ? address.port : 0;
    await work(bigQueryWarehouse({ projectId: 'local', apiEndpoint: `http://127.0.0.1:${port}` }));
    return sent;
  } finally {
    server.closeAllConnections();
    server.close();
  }
}
