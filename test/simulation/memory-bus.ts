import { isKind } from '../../shared/core/errors.ts';
import type { Handler, Topic } from '../../shared/ports/bus.ts';
import { type Actor, explained, meet, type Story, say } from './story.ts';

/** Takes deliveries while it lives. */
export type Listener = Actor & Readonly<{ handlers: ReadonlyMap<string, Handler> }>;

type Message = { id: string; topic: Topic; data: string; attempt: number };
type Taken = Readonly<{ by: Listener; at: number }>;

export type Letter = Readonly<{ id: string; topic: Topic; data: string; reason: string }>;

type Body = Readonly<Record<string, unknown>>;

export type MemoryBus = Readonly<{
  publish: (topic: Topic, body: unknown) => string;
  join: (listener: Listener) => void;
  /** What a dead listener was told and did not finish is told again. */
  leave: (listener: Listener) => void;
  /** The bodies of all messages of a run. */
  published: (run: string) => readonly Body[];
  letters: () => readonly Letter[];
  listeners: () => readonly Listener[];
}>;

const MAX_ATTEMPTS = 12;
const ACKNOWLEDGE_MS = 10_000;
/** What a listener has not finished after so long is told again, though the listener may still be at it. */
const LAPSE_MS = 600_000;
/** When a message that was finished long ago comes once more. */
const AGAIN_MS = 20 * 60_000;
/** Nobody but the one who is told notices that these are missing, and both are published with care. */
const NEVER_LOST: readonly Topic[] = ['phasegate-start', 'phasegate-alerts'];

/** At least once, late, twice and out of order; and lost for ever where the story says so. */
export function memoryBus(story: Story, onDeath: (letter: Letter) => void): MemoryBus {
  const { clock, tape, rates } = story;
  let listeners: Listener[] = [];
  const letters: Letter[] = [];
  const inFlight = new Map<Message, Taken>();
  const bodies = new Map<string, Body[]>();
  let count = 0;

  const later = (message: Message, milliseconds: number) =>
    clock.after(milliseconds, () => deliver(message));

  function tellLapsed(): void {
    for (const [message, { at }] of inFlight) {
      if (clock.elapsed() < at + LAPSE_MS) return;
      inFlight.delete(message);
      meet(story, 'message lapsed', message.data);
      later({ ...message }, 1);
    }
  }

  function deliver(message: Message): void {
    tellLapsed();
    const there = listeners.filter((each) => each.isAlive());
    const listener =
      there[there.length > 1 ? tape.draw(`${message.topic} listener`, there.length) : 0];
    if (listener === undefined) {
      later(message, 1_000);
      return;
    }
    message.attempt += 1;
    inFlight.set(message, { by: listener, at: clock.elapsed() });
    const { id, topic, data, attempt } = message;
    say(story, `${listener.name} takes ${topic.slice(10)} ${data.slice(0, 150)}`);
    const handler = listener.handlers.get(topic);
    if (handler === undefined) throw new Error(`nobody listens to ${topic}`);
    handler({ messageId: id, data }).then(
      () => void inFlight.delete(message),
      (error: unknown) => {
        inFlight.delete(message);
        explained(story, error, topic);
        const reason = error instanceof Error ? error.message : String(error);
        if (isKind(error, 'invalid-input') || attempt >= MAX_ATTEMPTS) {
          meet(story, 'dead letter', `${topic}: ${reason}`);
          letters.push({ id, topic, data, reason });
          onDeath({ id, topic, data, reason });
        } else {
          say(story, `${listener.name} failed ${topic.slice(10)}: ${reason}`);
          later(message, Math.min(100 * 2 ** (attempt - 1), 30_000));
        }
      },
    );
  }

  return {
    publish: (topic, body) => {
      count += 1;
      const id = `m${count}`;
      const data = typeof body === 'string' ? body : JSON.stringify(body);
      const { run } = body as { run?: string };
      if (run !== undefined) bodies.set(run, [...(bodies.get(run) ?? []), body as Body]);
      const copy = () => ({ id, topic, data, attempt: 0 });
      const trouble = tape.rarely(`${topic} trouble`, rates.bus, 7);
      const late = 3_000 + 500 * (rates.jitter > 0 ? tape.draw(`${topic} late`, 8) : 0);
      if (trouble === 4 && !NEVER_LOST.includes(topic)) {
        meet(story, 'message lost', data);
        return id;
      }
      if (trouble === 1 || trouble === 4) meet(story, 'message late', data);
      if (trouble === 2 || trouble === 6) meet(story, 'message very late', data);
      if (trouble === 3 || trouble === 5) meet(story, 'message doubled', data);
      if (trouble === 7) meet(story, 'message again much later', data);
      later(
        copy(),
        trouble === 1 || trouble === 4
          ? late
          : trouble === 2
            ? 90_000
            : trouble === 6
              ? 25 * 60_000
              : 2,
      );
      if (trouble === 3) later(copy(), 3);
      if (trouble === 5) later(copy(), late);
      if (trouble === 7) later(copy(), AGAIN_MS);
      return id;
    },
    join: (listener) => void listeners.push(listener),
    leave: (listener) => {
      listeners = listeners.filter((each) => each !== listener);
      for (const [message, { by }] of inFlight) {
        if (by !== listener) continue;
        inFlight.delete(message);
        later(message, ACKNOWLEDGE_MS);
      }
    },
    published: (run) => bodies.get(run) ?? [],
    letters: () => letters,
    listeners: () => listeners,
  };
}
