import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, describe, expect, it } from 'vitest';
import { deadLetters, openDeadLetters } from '../../shared/adapters/local/dead-letters.ts';
import { localBus } from '../../shared/adapters/local/local-bus.ts';
import { openStateFile } from '../../shared/adapters/local/sqlite-file.ts';
import type { DeadLetter } from '../../shared/core/dead-letter.ts';
import { PhasegateError } from '../../shared/core/errors.ts';
import type { Delivery } from '../../shared/ports/bus.ts';

const closing: (() => unknown)[] = [];
afterEach(async () => {
  for (const close of closing.splice(0).reverse()) await close();
});

/** A world whose owner refuses whatever comes, for as long as `refusal` says why. */
function ownedWorld() {
  const directory = mkdtempSync(join(tmpdir(), 'phasegate-dead-'));
  const db = openStateFile(join(directory, 'state.db'));
  const bus = localBus(db);
  closing.push(
    () => db.close(),
    () => bus.close(),
  );
  const deliveries: Delivery[] = [];
  const world = {
    directory,
    bus,
    deliveries,
    refusal: 'no such run' as string | null,
    nextDeath: () => new Promise<DeadLetter>((resolve) => bus.onDeath(resolve)),
    nextDelivery: () => new Promise<Delivery>((resolve) => waiting.push(resolve)),
  };
  const waiting: ((delivery: Delivery) => void)[] = [];
  bus.subscribe('phasegate-start', async (delivery) => {
    deliveries.push(delivery);
    waiting.shift()?.(delivery);
    if (world.refusal !== null) throw new PhasegateError('invalid-input', world.refusal);
  });
  return world;
}

function guestOf(directory: string) {
  const opened = openDeadLetters(directory);
  if (opened === null) throw new Error('there is a world');
  closing.push(opened.close);
  return opened.letters;
}

describe('a dead letter', () => {
  it('is sent again by a guest under its own id and with its own body, and is gone from the letters', async () => {
    const world = ownedWorld();
    const death = world.nextDeath();
    const id = await world.bus.publish('phasegate-start', { a: 'é☃' });
    await death;
    const guest = guestOf(world.directory);
    expect(guest.list()).toMatchObject([{ id, data: '{"a":"é☃"}', reason: 'no such run' }]);
    world.refusal = null;
    const again = world.nextDelivery();
    guest.replay([id]);
    expect(guest.list()).toEqual([]);
    expect(await again).toMatchObject({ messageId: id, data: '{"a":"é☃"}' });
    await world.bus.settle();
    expect(world.bus.deadLetters()).toEqual([]);
  });

  it('that dies again comes back once, with its new reason', async () => {
    const world = ownedWorld();
    const first = world.nextDeath();
    const id = await world.bus.publish('phasegate-start', {});
    await first;
    world.refusal = 'still no such run';
    const second = new Promise<DeadLetter>((resolve) => world.bus.onDeath(resolve));
    guestOf(world.directory).replay([id]);
    expect(await second).toMatchObject({ id, reason: 'still no such run' });
    expect(world.bus.deadLetters()).toMatchObject([{ id, reason: 'still no such run' }]);
  });

  it('waits for the next owner where nobody owns the world', async () => {
    const { directory, bus, nextDeath } = ownedWorld();
    const death = nextDeath();
    const id = await bus.publish('phasegate-start', {});
    await death;
    await bus.close();
    guestOf(directory).replay([id]);
    const db = openStateFile(join(directory, 'state.db'));
    const next = localBus(db);
    closing.push(
      () => db.close(),
      () => next.close(),
    );
    const delivered = new Promise<string>((resolve) =>
      next.subscribe('phasegate-start', async ({ messageId }) => resolve(messageId)),
    );
    expect(await delivered).toBe(id);
  });

  it('is not sent when another of those named is not there', async () => {
    const world = ownedWorld();
    const death = world.nextDeath();
    const id = await world.bus.publish('phasegate-start', {});
    await death;
    const guest = guestOf(world.directory);
    expect(() => guest.replay([id, 'nobody'])).toThrowError('no dead letter nobody');
    expect(guest.list()).toMatchObject([{ id }]);
    await world.bus.settle();
    expect(world.deliveries).toHaveLength(1);
  });
});

it('a letter tells when it last died, and how often over all replays', () => {
  const db = openStateFile(':memory:');
  closing.push(() => db.close());
  const letters = deadLetters(db);
  const message = { id: 'm-1', topic: 'phasegate-start', data: '{}' };
  db.exec(
    "INSERT INTO message (seq, id, topic, data, attempt, due_ms) VALUES (1, 'm-1', 'phasegate-start', '{}', 0, 0)",
  );
  expect(letters.bury({ ...message, seq: 1 }, 'first')).toMatchObject({ deaths: 1 });
  letters.replay(['m-1']);
  const { seq } = db.prepare('SELECT seq FROM message').get() as { seq: number };
  const before = new Date().toISOString();
  const letter = letters.bury({ ...message, seq }, 'second');
  expect(letter).toMatchObject({ deaths: 2, reason: 'second' });
  expect(String(letter.diedAt) >= before).toBe(true);
  expect(letters.list()).toEqual([letter]);
});

it('a directory without a world has no dead letters', () => {
  expect(openDeadLetters(mkdtempSync(join(tmpdir(), 'phasegate-none-')))).toBeNull();
});
