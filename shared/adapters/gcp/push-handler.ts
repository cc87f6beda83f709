import { deadTopicName } from '../../core/cloud-names.ts';
import { deathAlert } from '../../core/death.ts';
import { isKind, PhasegateError } from '../../core/errors.ts';
import { readPush } from '../../edge/push.ts';
import type { Handler, Topic } from '../../ports/bus.ts';
import type { Labels, Log } from './log.ts';
import type { PubsubBus } from './pubsub-bus.ts';
import { inSpan, type Spans } from './span.ts';

/** Longer than any message of ours; https://cloud.google.com/pubsub/quotas allows 10 MB. */
const MAX_BODY_BYTES = 1_000_000;
/** https://cloud.google.com/pubsub/quotas: bytes of an attribute's value. */
const MAX_ATTRIBUTE_BYTES = 1024;

const CANARY = /^\{"canary":"[^"]*"\}$/;

export type PushPlace = Readonly<{
  bus: PubsubBus;
  environment: string;
  log: Log;
  /** Absent: no span is kept. */
  spans?: Spans;
}>;

/**
 * A handler behind a push subscription. Returning acknowledges. A message that can never be read is moved to the topic's
 * dead letters with its reason, and people are told once a cause; any other trouble is thrown, so that it is pushed again.
 * One with the attribute `canary`, and with nothing else for a body, asks only whether this function could handle messages:
 * nothing is done.
 *
 * @throws whatever the handler throws but `invalid-input`; `unavailable` when the dead letter could not be kept
 */
export function pushHandler(
  { bus, environment, log, spans }: PushPlace,
  topic: Topic,
  handler: Handler,
): (event: unknown) => Promise<void> {
  return async (event) => {
    const pushed = readPush(event);
    if (pushed === null) {
      throw new PhasegateError('invalid-input', 'this is not a message that Pub/Sub pushed');
    }
    const { messageId, text, attributes } = pushed;
    if ('canary' in attributes && CANARY.test(text)) {
      return log('NOTICE', 'canary', `${topic} ${messageId}`);
    }
    const { run, table, launch } = attributes;
    const labels: Labels = { topic, message: messageId, run, table, launch };
    const message = `${topic} ${messageId}`;
    const { traceparent } = attributes;
    await inSpan(
      spans,
      { kind: 'consumer', traceparent, message, attributes: labels },
      async ({ failed }) => {
        try {
          assertReadable(text);
          await handler({ messageId, data: text });
          log('DEBUG', 'message-handled', `${topic} ${messageId}`, labels);
        } catch (error) {
          failed(error);
          const reason = error instanceof Error ? error.message : String(error);
          if (!isKind(error, 'invalid-input')) {
            log('WARNING', 'message-failed', `${topic} ${messageId}: ${reason}`, labels);
            throw error;
          }
          await bury(reason);
          log('ERROR', 'message-died', `${topic} ${messageId}: ${reason}`, labels);
        }
      },
    );

    async function bury(reason: string): Promise<void> {
      const dead = deadTopicName(topic, environment);
      const why = { reason: cut(reason, MAX_ATTRIBUTE_BYTES), messageId, topic };
      await bus.publishText(dead, text === '' ? ' ' : cut(text, MAX_BODY_BYTES), why);
      if (topic !== 'phasegate-alerts') {
        await bus.publish('phasegate-alerts', deathAlert(topic, messageId, reason));
      }
    }
  };
}

function assertReadable(text: string): void {
  if (text === '') throw new PhasegateError('invalid-input', 'the message has no body');
  const bytes = Buffer.byteLength(text);
  if (bytes > MAX_BODY_BYTES) {
    const message = `the message is ${bytes} bytes long; accepted: at most ${MAX_BODY_BYTES}`;
    throw new PhasegateError('invalid-input', message);
  }
}

/** As much of a text as fits in so many bytes, whole characters only. */
function cut(text: string, bytes: number): string {
  if (Buffer.byteLength(text) <= bytes) return text;
  const { written } = new TextEncoder().encodeInto(text, new Uint8Array(bytes));
  return Buffer.from(text).subarray(0, written).toString('utf8');
}
