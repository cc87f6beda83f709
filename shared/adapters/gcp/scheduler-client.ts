import type { CloudSchedulerClient } from '@google-cloud/scheduler';
import { type GaxPlace, gaxOptions } from './gax-options.ts';

/** The official client, imported at the first use. */
export function schedulerClient(place: GaxPlace): () => Promise<CloudSchedulerClient> {
  let client: Promise<CloudSchedulerClient> | undefined;
  return () => {
    client ??= connect(place);
    return client;
  };
}

async function connect(place: GaxPlace): Promise<CloudSchedulerClient> {
  const { CloudSchedulerClient } = await import('@google-cloud/scheduler');
  return new CloudSchedulerClient(await gaxOptions(place));
}
