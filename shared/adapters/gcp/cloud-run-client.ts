import type { ExecutionsClient, JobsClient, TasksClient } from '@google-cloud/run';
import { type GaxPlace, gaxOptions } from './gax-options.ts';

export type CloudRunPlace = GaxPlace & Readonly<{ region: string }>;

export type CloudRunClients = Readonly<{
  jobs: JobsClient;
  executions: ExecutionsClient;
  tasks: TasksClient;
}>;

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
  const options = await gaxOptions(place);
  return {
    jobs: new JobsClient(options),
    executions: new ExecutionsClient(options),
    tasks: new TasksClient(options),
  };
}
