import type { Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { PubSub } from '@google-cloud/pubsub';

/** As infra sets them, but for the time between two deliveries. */
const ACK_SECONDS = 600;

/**
 * A topic, its dead letters with the subscription that keeps them, and where the topic is pushed to.
 *
 * @param copies how often each message is pushed, each time under the same id
 */
export async function connectTopic(
  client: PubSub,
  topic: string,
  dead: string,
  endpoint: string | null,
  copies = 1,
): Promise<void> {
  await ensure(client, topic);
  await ensure(client, dead);
  const [hasDead] = await client.subscription(dead).exists();
  if (!hasDead) await client.topic(dead).createSubscription(dead);
  if (endpoint === null) return;
  for (let copy = 1; copy <= copies; copy++) {
    await client.topic(topic).createSubscription(copy === 1 ? topic : `${topic}-${copy}`, {
      pushEndpoint: `${endpoint}/projects/${client.projectId}/topics/${topic}`,
      ackDeadlineSeconds: ACK_SECONDS,
      retryPolicy: { minimumBackoff: { seconds: 1 }, maximumBackoff: { seconds: 10 } },
    });
  }
}

async function ensure(client: PubSub, name: string): Promise<void> {
  const [exists] = await client.topic(name).exists();
  if (!exists) await client.createTopic(name);
}

/** Lets a server of functions-framework listen. */
export async function listening(server: Server): Promise<string> {
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}

export const close = (server: Server): Promise<void> =>
  new Promise((done) => {
    server.close(() => done());
    server.closeAllConnections();
  });
