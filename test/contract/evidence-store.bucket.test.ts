import { afterEach } from 'vitest';
import { bucketEvidence } from '../../shared/adapters/gcp/bucket-evidence.ts';
import { storageClient } from '../../shared/adapters/gcp/storage-client.ts';
import { openStorageServer, type StorageServer } from '../cloud/storage-server.ts';
import { describeEvidenceStore } from './evidence-store.ts';

let server: StorageServer | null = null;
afterEach(async () => {
  await server?.close();
  server = null;
});

describeEvidenceStore('a bucket, behind the official client', async () => {
  server = await openStorageServer();
  const client = storageClient({ projectId: 'local', apiEndpoint: server.url });
  return bucketEvidence({ client, bucket: 'evidence-of-tests' });
});
