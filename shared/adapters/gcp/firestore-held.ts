import { setTimeout } from 'node:timers/promises';
import type { DocumentSnapshot, Firestore, WriteBatch } from '@google-cloud/firestore';
import { PhasegateError } from '../../core/errors.ts';
import type { LaunchId, RunId, TableName } from '../../core/ids.ts';
import { packDays, unpackDays } from '../../edge/state-text.ts';
import type { Lock } from '../../ports/run-store.ts';
import { read, write } from './firestore-calls.ts';
import type { FirestoreClient } from './firestore-client.ts';
import { fieldsOf, lockDocument, pathOf } from './firestore-documents.ts';

/** Two seconds of waits at an average: all that race for a table are through long before. */
const TRIES = 15;
const LONGEST_WAIT_MS = 300;

/** A lock, and which holding of it. */
export type Held = Lock & Readonly<{ token: string }>;

/** What is held of one table, and the document in which it was read. */
type HeldThen = Readonly<{ document: DocumentSnapshot; locks: readonly Held[] }>;

/**
 * Changes what is held of one table, which is one document; a lost race for it is run again.
 *
 * @param change what shall be held instead, or the lock that is in the way
 * @returns the lock that is in the way: then nothing changed
 * @throws PhasegateError `unavailable`, also when 15 races are lost
 */
export async function changeHeld(
  client: FirestoreClient,
  table: TableName,
  change: (locks: readonly Held[]) => readonly Held[] | Held,
): Promise<Lock | null> {
  return racing(table, async () => {
    const { document, locks } = await heldOf(client, table);
    const wanted = change(locks);
    if ('launch' in wanted) return { won: lockOf(wanted) };
    if (textOf(wanted) === textOf(locks)) return { won: null };
    const isReplaced = await replaced(client, document, wanted);
    return isReplaced ? { won: null } : null;
  });
}

/**
 * Tries until it is neither refused nor too late.
 *
 * @param attempt null when somebody else was first
 * @throws PhasegateError `unavailable` when 15 races are lost
 */
export async function racing<Result>(
  table: TableName,
  attempt: () => Promise<Readonly<{ won: Result }> | null>,
): Promise<Result> {
  for (let tries = 1; tries <= TRIES; tries++) {
    const end = await attempt();
    if (end !== null) return end.won;
    await setTimeout(Math.random() * LONGEST_WAIT_MS);
  }
  throw new PhasegateError('unavailable', `too many launches want ${table} at this moment`);
}

export async function heldOf(client: FirestoreClient, table: TableName): Promise<HeldThen> {
  const document = await read(client, (db) => db.doc(pathOf.lock(table)).get());
  return { document, locks: document.exists ? locksIn(table, document) : [] };
}

/** What is held of all tables, by table and launch. */
export async function heldOfAll(client: FirestoreClient): Promise<readonly Lock[]> {
  const { docs } = await read(client, (db) => db.collection('locks').get());
  return docs
    .sort((a, b) => (a.id < b.id ? -1 : 1))
    .flatMap((document) => locksIn(document.id as TableName, document).map(lockOf));
}

function lockOf({ token: _, ...lock }: Held): Lock {
  return lock;
}

function locksIn(table: TableName, document: DocumentSnapshot): readonly Held[] {
  return fieldsOf(lockDocument, document).held.map(({ launch, run, days, token }) => ({
    table,
    launch: launch as LaunchId,
    run: run as RunId,
    days: unpackDays(days),
    token,
  }));
}

/**
 * Writes what is held of a table.
 *
 * @param beside written together with it, or not at all
 * @returns false when somebody else changed it since it was read, or when what is beside it was refused
 */
export async function replaced(
  client: FirestoreClient,
  { ref, updateTime }: DocumentSnapshot,
  locks: readonly Held[],
  beside: (batch: WriteBatch, db: Firestore) => void = () => {},
): Promise<boolean> {
  const held = locks
    .map(({ launch, run, days, token }) => ({ launch, run, days: packDays(days), token }))
    .sort((a, b) => (a.launch < b.launch ? -1 : 1));
  const written = await write(client, (batch, db) => {
    beside(batch, db);
    if (updateTime === undefined) batch.create(ref, { held });
    else batch.update(ref, { held }, { lastUpdateTime: updateTime });
  });
  return typeof written !== 'string';
}

function textOf(locks: readonly Held[]): string {
  return JSON.stringify(locks.map(({ launch, run, days }) => [launch, run, packDays(days)]));
}
