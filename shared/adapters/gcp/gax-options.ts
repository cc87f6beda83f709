import type { GoogleAuth } from 'google-auth-library';

export type GaxPlace = Readonly<{
  project: string;
  /** Where a server that stands in for Google's listens, `http://HOST:PORT`; absent means Google Cloud. */
  endpoint?: string;
}>;

/** How the official clients of Google's APIs are told where to go. */
export type GaxOptions = {
  projectId: string;
  fallback?: 'rest';
  apiEndpoint?: string;
  port?: number;
  protocol?: string;
  auth?: GoogleAuth;
};

const A_DAY_MS = 86_400_000;

export async function gaxOptions({ project, endpoint }: GaxPlace): Promise<GaxOptions> {
  if (endpoint === undefined) return { projectId: project };
  const { GoogleAuth, OAuth2Client } = await import('google-auth-library');
  const authClient = new OAuth2Client();
  authClient.setCredentials({ access_token: 'local', expiry_date: Date.now() + 3650 * A_DAY_MS });
  const { hostname, port } = new URL(endpoint);
  return {
    projectId: project,
    fallback: 'rest',
    apiEndpoint: hostname,
    port: Number(port),
    protocol: 'http',
    auth: new GoogleAuth({ authClient, projectId: project }),
  };
}
