import { createServer } from 'node:net';
import { afterEach, expect, it } from 'vitest';
import { bucketDays } from '../../shared/adapters/gcp/bucket-days.ts';
import { bucketEvidence } from '../../shared/adapters/gcp/bucket-evidence.ts';
import { storageClient } from '../../shared/adapters/gcp/storage-client.ts';
import { parseLaunchId } from '../../shared/core/ids.ts';
import { openStorageServer } from './storage-server.ts';

const LAUNCH = parseLaunchId('nba-20220101-20220110-0123abcd.d.t.1');
const closing: (() => unknown)[] = [];
afterEach(async () => {
  for (const close of closing.splice(0)) await close();
});

async function bucketOfOneWhoMayCreate() {
  const server = await openStorageServer({ mayReplace: false });
  closing.push(server.close);
  return placeAt(server.url);
}

const placeAt = (apiEndpoint: string) => ({
  client: storageClient({ projectId: 'local', apiEndpoint }),
  bucket: 'evidence-of-tests',
});

it('the days of a launch that is launched again are kept by one who may create and read only', async () => {
  const keep = bucketDays(await bucketOfOneWhoMayCreate());
  const first = await keep(LAUNCH, '2022-01-01..2022-01-10');
  expect(await keep(LAUNCH, '2022-01-01..2022-01-10')).toBe(first);
});

it('other days of a launch are kept beside the first ones, which a job may be reading', async () => {
  const keep = bucketDays(await bucketOfOneWhoMayCreate());
  const first = await keep(LAUNCH, '2022-01-01');
  expect(await keep(LAUNCH, '2022-01-02')).not.toBe(first);
});

it('evidence whose first answer was lost is kept by one who may create and read only', async () => {
  const store = bucketEvidence(await bucketOfOneWhoMayCreate());
  await store.put('e1', 'what it showed');
  await store.put('e1', 'what it showed');
  await expect(store.put('e1', 'something else')).rejects.toMatchObject({ kind: 'conflict' });
  expect(await store.get('e1')).toBe('what it showed');
});

it('a bucket that never answers is trouble that may pass, and is waited for no longer than said', async () => {
  const server = createServer(() => undefined).listen(0, '127.0.0.1');
  closing.push(() => server.close());
  await new Promise((done) => server.once('listening', done));
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('no port was given');
  const place = { ...placeAt(`http://127.0.0.1:${address.port}`), answerMilliseconds: 200 };
  const store = bucketEvidence(place);
  for (const asked of [store.put('e1', 'x'), store.get('e1'), store.list()]) {
    await expect(asked).rejects.toMatchObject({ kind: 'unavailable' });
  }
});
