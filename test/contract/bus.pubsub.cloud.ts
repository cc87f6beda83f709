import { randomUUID } from 'node:crypto';
import { cloudEvent } from '@google-cloud/functions-framework';
import { getTestServer } from '@google-cloud/functions-framework/testing';
import { PubSub } from '@google-cloud/pubsub';
import { afterAll, describe } from 'vitest';
import { pubsubBus } from '../../shared/adapters/gcp/pubsub-bus.ts';
import { pushHandler } from '../../shared/adapters/gcp/push-handler.ts';
import { deadTopicName, topicName } from '../../shared/core/cloud-names.ts';
import { PhasegateError } from '../../shared/core/errors.ts';
import { type Handler, TOPICS, type Topic } from '../../shared/ports/bus.ts';
import { pubsubEmulator } from '../cloud/emulators.ts';
import { close, connectTopic, listening } from '../cloud/pushed.ts';
import { describeBus, type OpenedBus } from './bus.ts';

const emulator = await pubsubEmulator();
afterAll(() => emulator?.stop());
const ENVIRONMENT = 'test';

describe.skipIf(emulator === null)('with Google’s Pub/Sub emulator', () => {
  describeBus('Pub/Sub, pushed to functions', open);
});

async function open(): Promise<OpenedBus> {
  const project = `p-${randomUUID().slice(0, 8)}`;
  const place = { projectId: project, apiEndpoint: emulator?.host ?? '', emulatorMode: true };
  const client = new PubSub(place);
  const bus = pubsubBus(async () => client, ENVIRONMENT);
  const handlers = new Map<Topic, Handler>();
  const servers = await Promise.all(
    TOPICS.map(async (topic) => {
      const name = `f-${randomUUID()}`;
      const handle = pushHandler(
        { bus, environment: ENVIRONMENT, log: () => undefined },
        topic,
        (delivery) => {
          const handler = handlers.get(topic);
          if (handler === undefined) throw new PhasegateError('unavailable', 'nobody listens yet');
          return handler(delivery);
        },
      );
      cloudEvent(name, (event: unknown): Promise<void> => handle(event));
      const server = getTestServer(name);
      const dead = deadTopicName(topic, ENVIRONMENT);
      await connectTopic(client, topicName(topic, ENVIRONMENT), dead, await listening(server));
      return server;
    }),
  );
  return {
    bus,
    subscribe: (topic, handler) => void handlers.set(topic, handler),
    nextDeath: () =>
      new Promise((resolve) => {
        const dead = client.subscription(deadTopicName('phasegate-start', ENVIRONMENT));
        dead.once('message', ({ data, attributes }) => {
          resolve({ data: data.toString('utf8'), reason: attributes.reason ?? '' });
        });
      }),
    async close() {
      await client.close();
      await Promise.all(servers.map(close));
    },
  };
}
