import type { ExecutionsClient, JobsClient, TasksClient } from '@google-cloud/run';

export type CloudRunPlace = Readonly<{
  project: string;
  region: string;
  /** Where a local Cloud Run server listens, `http://HOST:PORT`; absent means Google Cloud. */
  endpoint?: string;
}>;

export type CloudRunClients = Readonly<{
  jobs: JobsClient;
  executions: ExecutionsClient;
  tasks: TasksClient;
}>;

const A_DAY_MS = 86_400_000;

/** The official clients, imported at the first use. */
export function cloudRunClients(place: CloudRunPlace): () => Promise<CloudRunClients> {
  let clients: Promise<CloudRunClients> | undefined;
  return () => {
    clients ??= connect(place);
    return clients;
  };
}

async function connect(place: CloudRunPlace): Promise<CloudRunClients> {
  const { ExecutionsClient, JobsClient, TasksClient } = await import('@google-cloud/run');
  const options = await optionsOf(place);
  return {
    jobs: new JobsClient(options),
    executions: new ExecutionsClient(options),
    tasks: new TasksClient(options),
  };
}

type Options = NonNullable<ConstructorParameters<typeof JobsClient>[0]>;

async function optionsOf({ project, endpoint }: CloudRunPlace): Promise<Options> {
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
