import { resolve } from 'node:path';
import { PubSub } from '@google-cloud/pubsub';
import { deadTopicName, topicName } from '../../../shared/core/cloud-names.ts';
import { TOPICS } from '../../../shared/ports/bus.ts';
import type { Emulator } from '../../cloud/emulators.ts';
import { connectTopic } from '../../cloud/pushed.ts';
import { serveSource } from '../../cloud/serve-source.ts';
import { openStorageServer } from '../../cloud/storage-server.ts';
import { deployedEnvironment, ENVIRONMENT, PROJECT } from './place.ts';
import { BARE_TOPIC, SERVED, toldBy } from './served.ts';

const SOURCE = resolve('test/bench/cloud/chain-functions.ts');
const DEADLINE_MS = 60_000;

export type FunctionsBehindTopics = Readonly<{
  /** Publishes one message by itself and at once, as our own bus does. @param topic its full name */
  publish(topic: string, text: string): Promise<void>;
  /** Resolves when a function tells this for the next time. @throws Error after a minute */
  hears(told: string): Promise<void>;
  close(): Promise<void>;
}>;

/** The functions of a hand-over and a bare one, each in a process of its own behind a push subscription on the emulators. */
export async function openFunctions(
  emulators: Readonly<{ firestore: Emulator; pubsub: Emulator }>,
): Promise<FunctionsBehindTopics> {
  const { firestore, pubsub } = emulators;
  const storage = await openStorageServer();
  const environment = deployedEnvironment({
    FIRESTORE_EMULATOR_HOST: firestore.host,
    PUBSUB_EMULATOR_HOST: pubsub.host,
    STORAGE_EMULATOR_HOST: storage.url,
  });
  const waiting = new Map<string, () => void>();
  const printed: string[] = [];
  const onLine = (line: string) => {
    printed.push(line);
    const told = toldBy(line);
    if (told !== null) waiting.get(told)?.();
  };
  const client = new PubSub({ projectId: PROJECT, apiEndpoint: pubsub.host, emulatorMode: true });
  const serve = (target: string) => serveSource({ file: SOURCE, target, environment }, onLine);
  const bare = await serve('bare');
  const serving = [bare];
  await connectTopic(client, BARE_TOPIC, `${BARE_TOPIC}-dead`, bare.url);
  for (const topic of TOPICS) {
    const target = topic in SERVED ? SERVED[topic as keyof typeof SERVED] : null;
    const one = target === null ? null : await serve(target);
    if (one !== null) serving.push(one);
    const [full, dead] = [topicName(topic, ENVIRONMENT), deadTopicName(topic, ENVIRONMENT)];
    await connectTopic(client, full, dead, one?.url ?? null);
  }
  return {
    async publish(topic, text) {
      const batching = { maxMessages: 1 };
      await client.topic(topic, { batching }).publishMessage({ data: Buffer.from(text) });
    },

    hears(told) {
      return new Promise((done, fail) => {
        const late = setTimeout(() => {
          const last = printed.slice(-20).join('\n');
          fail(new Error(`nobody told "${told}"; the last lines were:\n${last}`));
        }, DEADLINE_MS);
        waiting.set(told, () => {
          clearTimeout(late);
          waiting.delete(told);
          done();
        });
      });
    },

    async close() {
      await Promise.all(serving.map((each) => each.stop('at once')));
      await client.close();
      await storage.close();
    },
  };
}
