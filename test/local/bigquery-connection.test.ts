import { expect, it } from 'vitest';
import { openBigQueryServer } from '../../shared/adapters/local/bigquery/server.ts';

it('a connection outlives ten minutes without a request, because a gate may judge that long before it appends', async () => {
  const server = await openBigQueryServer({ file: ':memory:' });
  const response = await fetch(`${server.url}/bigquery/v2/projects/local/datasets/none`);
  await response.text();
  expect(response.headers.get('keep-alive')).toBe('timeout=600');
  await server.close();
});
