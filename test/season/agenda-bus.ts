import { isKind } from '../../shared/core/errors.ts';
import type { Bus, Handler, Topic } from '../../shared/ports/bus.ts';
import type { Agenda } from './agenda.ts';

/** As infra sets push subscriptions: https://cloud.google.com/pubsub/docs/handling-failures. */
const FIRST_PAUSE_MS = 10_000;
const LONGEST_PAUSE_MS = 600_000;
const MAX_ATTEMPTS = 20;

export type AgendaBus = Bus & Readonly<{ subscribe(topic: Topic, handler: Handler): void }>;

/** Delivers on the agenda's clock, a second after a message was published, and again when it was not taken. */
export function agendaBus(
  agenda: Agenda,
  onDeath: (topic: Topic, reason: string) => void,
): AgendaBus {
  const handlers = new Map<Topic, Handler>();
  let count = 0;

  const deliver = async (topic: Topic, messageId: string, data: string, attempt: number) => {
    try {
      await handlers.get(topic)?.({ messageId, data });
    } catch (error) {
      const reason = error instanceof Error ? error.message : String(error);
      if (isKind(error, 'invalid-input') || attempt >= MAX_ATTEMPTS) return onDeath(topic, reason);
      const pause = Math.min(FIRST_PAUSE_MS * 2 ** (attempt - 1), LONGEST_PAUSE_MS);
      agenda.in(pause, () => deliver(topic, messageId, data, attempt + 1));
    }
  };

  return {
    subscribe: (topic, handler) => void handlers.set(topic, handler),
    async publish(topic, body) {
      count += 1;
      const messageId = `m${count}`;
      const data = JSON.stringify(body);
      agenda.in(1000, () => deliver(topic, messageId, data, 1));
      return messageId;
    },
  };
}
