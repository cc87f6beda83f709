import { randomUUID } from 'node:crypto';
import type { DatabaseSync } from 'node:sqlite';
import type { DeadLetter } from '../../core/dead-letter.ts';
import { isKind } from '../../core/errors.ts';
import type { Bus, Handler, Topic } from '../../ports/bus.ts';
import { deadLetters } from './dead-letters.ts';

/** Trouble that the bus makes on purpose, as the real one does: each a share of messages from 0 to 1. */
export type Disturbance = Readonly<{ late: number; twice: number; random: () => number }>;

export type LocalBus = Bus &
  Readonly<{
    /** From now on deliveries of the topic go to the handler. One handler a topic. */
    subscribe(topic: Topic, handler: Handler): void;
    /** Delivers what is due until nothing is left now; returns when nothing is in flight. */
    settle(): Promise<void>;
    /** Forgets deliveries that the last owner did not live to finish: they say nothing against a message. */
    takeOver(): void;
    /** Stops delivering and waits for what is in flight. Undelivered messages stay for the next owner. */
    close(): Promise<void>;
    deadLetters(): readonly DeadLetter[];
    /** Called with every message that dies. */
    onDeath(listener: (letter: DeadLetter) => void): void;
  }>;

const MAX_ATTEMPTS = 12;
const FIRST_PAUSE_MS = 100;
/** What is due later than this was put there before a clock went back, and is due now. */
const LONGEST_PAUSE_MS = 10_000;
const IN_FLIGHT = 8;
/** Another process may have put a message into the file. */
const LOOK_MS = 500;

type MessageRow = { seq: number; id: string; topic: string; data: string; attempt: number };

/** The durable in-process bus: messages live in the state file until a handler has returned. */
export function localBus(db: DatabaseSync, disturbance: Disturbance | null = null): LocalBus {
  const insert = db.prepare(
    'INSERT INTO message (id, topic, data, attempt, due_ms) VALUES (?, ?, ?, 0, ?)',
  );
  const findDue = db.prepare(
    `SELECT * FROM message WHERE due_ms <= :now OR due_ms > :now + ${LONGEST_PAUSE_MS} ORDER BY due_ms, seq`,
  );
  const findNext = db.prepare('SELECT MIN(due_ms) AS due FROM message WHERE due_ms > ?');
  const began = db.prepare('UPDATE message SET attempt = attempt + 1 WHERE seq = ?');
  const again = db.prepare('UPDATE message SET due_ms = ? WHERE seq = ?');
  const remove = db.prepare('DELETE FROM message WHERE seq = ?');
  const dead = deadLetters(db);

  const handlers = new Map<string, Handler>();
  const inFlight = new Map<number, Promise<void>>();
  const listeners: ((letter: DeadLetter) => void)[] = [];
  let timer: NodeJS.Timeout | null = null;
  let isOpen = true;

  function wake(): void {
    if (!isOpen) return;
    if (timer !== null) clearTimeout(timer);
    timer = null;
    for (const row of findDue.all({ now: Date.now() }) as MessageRow[]) {
      if (inFlight.size >= IN_FLIGHT) return;
      const handler = handlers.get(row.topic);
      if (handler === undefined || inFlight.has(row.seq)) continue;
      inFlight.set(row.seq, deliver(row, handler));
    }
    const { due } = findNext.get(Date.now()) as { due: number | null };
    const next = due === null ? LOOK_MS : Math.min(LOOK_MS, Math.max(1, due - Date.now()));
    if (due !== null || handlers.size > 0) timer = setTimeout(wake, next);
  }

  async function deliver(row: MessageRow, handler: Handler): Promise<void> {
    const attempt = row.attempt + 1;
    began.run(row.seq);
    try {
      await Promise.resolve();
      await handler({ messageId: row.id, data: row.data });
      remove.run(row.seq);
    } catch (error) {
      const reason = error instanceof Error ? error.message : String(error);
      if (isKind(error, 'invalid-input') || attempt >= MAX_ATTEMPTS) letDie(row, reason);
      else again.run(Date.now() + pauseMs(attempt), row.seq);
    } finally {
      inFlight.delete(row.seq);
      wake();
    }
  }

  function letDie(row: MessageRow, reason: string): void {
    const letter = dead.bury(row, reason);
    for (const listener of listeners) listener(letter);
  }

  const pauseMs = (attempt: number) =>
    Math.min(FIRST_PAUSE_MS * 2 ** (attempt - 1), LONGEST_PAUSE_MS);

  return {
    async publish(topic, body) {
      const id = randomUUID();
      const data = typeof body === 'string' ? body : JSON.stringify(body);
      const copies = disturbance !== null && disturbance.random() < disturbance.twice ? 2 : 1;
      for (let copy = 0; copy < copies; copy++) {
        const isLate = disturbance !== null && disturbance.random() < disturbance.late;
        const delay = isLate ? Math.floor((disturbance?.random() ?? 0) * 200) : 0;
        insert.run(id, topic, data, Date.now() + delay);
      }
      setImmediate(wake);
      return id;
    },

    subscribe(topic, handler) {
      handlers.set(topic, handler);
      setImmediate(wake);
    },

    async settle() {
      wake();
      while (inFlight.size > 0) {
        await Promise.all(inFlight.values());
        wake();
      }
    },

    async close() {
      isOpen = false;
      if (timer !== null) clearTimeout(timer);
      await Promise.all(inFlight.values());
    },

    takeOver: () => db.exec('UPDATE message SET attempt = 0'),
    deadLetters: dead.list,
    onDeath: (listener) => void listeners.push(listener),
  };
}
