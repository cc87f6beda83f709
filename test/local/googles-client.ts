import { BigQuery } from '@google-cloud/bigquery';
import { OAuth2Client } from 'google-auth-library';
import type { BigQueryServer } from '../../shared/adapters/local/bigquery/server.ts';

export const PROJECT = 'proj';

/** Google's own client, as a foreign job would open it. */
export function googlesClient({ url }: BigQueryServer): BigQuery {
  const authClient = new OAuth2Client();
  authClient.setCredentials({ access_token: 'local', expiry_date: Date.now() + 3.6e6 });
  const options = {
    projectId: PROJECT,
    apiEndpoint: url,
    authClient,
    useAuthWithCustomEndpoint: true,
  };
  return new BigQuery(options);
}
