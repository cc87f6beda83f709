import type { BigQuery, BigQueryOptions } from '@google-cloud/bigquery';

export type BigQueryPlace = Readonly<{
  projectId: string;
  /** Where the local warehouse listens; absent means Google Cloud. */
  apiEndpoint?: string;
  location?: string;
  /** How long to wait for what tables say of themselves; absent means as long as it takes. */
  metadataMilliseconds?: number;
}>;

const A_DAY_MS = 86_400_000;

/** The official client, imported at the first use: a command that needs no warehouse starts faster. */
export function bigQueryClient(place: BigQueryPlace): () => Promise<BigQuery> {
  let client: Promise<BigQuery> | undefined;
  return () => {
    client ??= connect(place);
    return client;
  };
}

async function connect({ projectId, apiEndpoint, location }: BigQueryPlace): Promise<BigQuery> {
  const { BigQuery } = await import('@google-cloud/bigquery');
  const options: BigQueryOptions = { projectId, ...(location === undefined ? {} : { location }) };
  if (apiEndpoint === undefined) return new BigQuery(options);
  const { OAuth2Client } = await import('google-auth-library');
  const authClient = new OAuth2Client();
  authClient.setCredentials({ access_token: 'local', expiry_date: Date.now() + 3650 * A_DAY_MS });
  // Without credentials of our own the client crashes when it uploads to a custom endpoint.
  const custom = {
    ...options,
    apiEndpoint,
    authClient,
    useAuthWithCustomEndpoint: true,
    autoRetry: false,
  };
  return new BigQuery(custom);
}
