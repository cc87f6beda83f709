import { readFile } from 'node:fs/promises';
import { PhasegateError } from '../core/errors.ts';
import type { StorageAt } from '../edge/job-environment.ts';
import type { ApiClient } from './api-client.ts';
import { storageClient } from './gcp/storage-client.ts';

/** The text behind a `file:` or `gs:` address. @throws PhasegateError `unavailable` when it cannot be read */
export async function readUri(uri: string, at: StorageAt): Promise<string> {
  const [, bucket, name] = /^gs:\/\/([^/]+)\/(.+)$/.exec(uri) ?? [];
  try {
    if (bucket === undefined || name === undefined) return await readFile(new URL(uri), 'utf8');
    const storage = await storageClient(at)();
    const [bytes] = await storage.bucket(bucket).file(name).download();
    return bytes.toString('utf8');
  } catch (error) {
    const why = error instanceof Error ? error.message : String(error);
    throw new PhasegateError('unavailable', `${uri} cannot be read: ${why}`, error);
  }
}

/** The pipeline definition that a job is told: by its hash, which the API knows, or as a file. */
export async function readPinned(definition: string, api: ApiClient | null): Promise<string> {
  const isHash = /^[0-9a-f]{16}$/.test(definition);
  if (!isHash) return readFile(definition, 'utf8');
  if (api !== null) return api('GET', `/v1/definitions/${definition}`);
  const message = `PHASEGATE_DEFINITION is a hash, ${definition}, and PHASEGATE_API, which knows it, is not set`;
  throw new PhasegateError('invalid-input', message);
}
