import type { Storage } from '@google-cloud/storage';

export type StoragePlace = Readonly<{
  projectId: string;
  /** A server that stands in for Cloud Storage; null means Google's. */
  apiEndpoint: string | null;
}>;

/** The official client, imported at the first use. */
export function storageClient({ projectId, apiEndpoint }: StoragePlace): () => Promise<Storage> {
  let client: Promise<Storage> | undefined;
  return () => {
    client ??= import('@google-cloud/storage').then(
      ({ Storage }) => new Storage({ projectId, ...(apiEndpoint === null ? {} : { apiEndpoint }) }),
    );
    return client;
  };
}
