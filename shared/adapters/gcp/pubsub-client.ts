import type { PubSub } from '@google-cloud/pubsub';

/** The official client, imported at the first use; it finds an emulator by PUBSUB_EMULATOR_HOST itself. */
export function pubsubClient(projectId: string): () => Promise<PubSub> {
  let client: Promise<PubSub> | undefined;
  return () => {
    client ??= import('@google-cloud/pubsub').then(({ PubSub }) => new PubSub({ projectId }));
    return client;
  };
}
