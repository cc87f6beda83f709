import type { PubSub, Topic as PubSubTopic } from '@google-cloud/pubsub';
import { topicName } from '../../core/cloud-names.ts';
import { PhasegateError } from '../../core/errors.ts';
import type { Bus } from '../../ports/bus.ts';
import { inTime } from './in-time.ts';
import { currentTrace, traceparentOf } from './trace.ts';

/**
 * How long a publish is tried before it counts as failed; the handler that published is then asked again. Left to itself
 * the official client tries for ten minutes.
 */
const PUBLISH_MS = 30_000;

export type PubsubBus = Bus &
  Readonly<{
    /** Publishes a body as it is, with attributes, to a topic by its full name. @throws as `publish` */
    publishText(
      topic: string,
      text: string,
      attributes: Readonly<Record<string, string>>,
    ): Promise<string>;
  }>;

/** Pub/Sub, each message sent by itself and at once: a batch would make every hand-over wait for its delay. */
export function pubsubBus(
  client: () => Promise<PubSub>,
  environment: string,
  answerMilliseconds = PUBLISH_MS,
): PubsubBus {
  const topics = new Map<string, PubSubTopic>();
  const topicOf = async (name: string) => {
    const known = topics.get(name);
    if (known !== undefined) return known;
    const topic = (await client()).topic(name, {
      batching: { maxMessages: 1 },
    });
    topics.set(name, topic);
    return topic;
  };
  const publishText: PubsubBus['publishText'] = async (name, text, attributes) => {
    const trace = currentTrace();
    const traced = trace === null ? {} : { traceparent: traceparentOf(trace) };
    try {
      const message = { data: Buffer.from(text), attributes: { ...attributes, ...traced } };
      const taken = topicOf(name).then((topic) => topic.publishMessage(message));
      return await inTime('Pub/Sub', answerMilliseconds, taken);
    } catch (error) {
      const why = error instanceof Error ? error.message : String(error);
      throw new PhasegateError('unavailable', `topic ${name} took no message: ${why}`, error);
    }
  };
  return {
    publishText,
    publish: (topic, body) =>
      publishText(
        topicName(topic, environment),
        typeof body === 'string' ? body : JSON.stringify(body),
        subjectOf(body),
      ),
  };
}

const SUBJECT = ['run', 'table', 'launch'] as const;

/** What a message is about, as attributes: logs name it, and what follows one run can be filtered. */
function subjectOf(body: unknown): Readonly<Record<string, string>> {
  if (typeof body !== 'object' || body === null) return {};
  const fields = body as Readonly<Record<string, unknown>>;
  return Object.fromEntries(
    SUBJECT.flatMap((name) => {
      const value = fields[name];
      return typeof value === 'string' ? [[name, value]] : [];
    }),
  );
}
