import { createServer } from 'node:net';
import { afterEach, expect, it } from 'vitest';
import { bucketAges } from '../../shared/adapters/gcp/bucket-ages.ts';
import { storageClient } from '../../shared/adapters/gcp/storage-client.ts';
import { openStorageServer } from '../cloud/storage-server.ts';
import { describeFileAges } from './file-ages.ts';

const closing: (() => unknown)[] = [];
afterEach(async () => {
  for (const close of closing.splice(0)) await close();
});

async function opened(options: Parameters<typeof openStorageServer>[0] = {}) {
  const server = await openStorageServer({ lacks: 'gone', ...options });
  closing.push(server.close);
  const client = storageClient({ projectId: 'local', apiEndpoint: server.url });
  return { files: bucketAges({ client }), server };
}

describeFileAges('buckets, behind the official client', async () => {
  const { files, server } = await opened();
  return {
    files,
    put: (name, content, changedAt) => server.hold('raw', name, content, changedAt),
  };
});

it('a bucket that nobody may list is no trouble that passes, and never an empty one', async () => {
  const { files } = await opened({ mayList: false });
  await expect(files.newest('gs://raw/box/')).rejects.toMatchObject({
    kind: 'invalid-input',
    message: expect.stringContaining('storage.objects.list'),
  });
});

it('a bucket that never answers is trouble that may pass, and is waited for no longer than said', async () => {
  const server = createServer(() => undefined).listen(0, '127.0.0.1');
  closing.push(() => server.close());
  await new Promise((done) => server.once('listening', done));
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('no port was given');
  const apiEndpoint = `http://127.0.0.1:${address.port}`;
  const client = storageClient({ projectId: 'local', apiEndpoint });
  const files = bucketAges({ client, answerMilliseconds: 200 });
  await expect(files.newest('gs://raw/box/')).rejects.toMatchObject({ kind: 'unavailable' });
});
