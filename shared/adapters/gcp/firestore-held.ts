import { setTimeout } from 'node:timers/promises';
import type { DocumentSnapshot } from '@google-cloud/firestore';
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
  change: (locks: readonly Lock[]) => readonly Lock[] | Lock,
): Promise<Lock | null> {
  for (let tries = 1; tries <= TRIES; tries++) {
    const document = await read(client, (db) => db.doc(pathOf.lock(table)).get());
    const locks = document.exists ? locksIn(table, document) : [];
    const wanted = change(locks);
    if ('launch' in wanted) return wanted;
    if (textOf(wanted) === textOf(locks)) return null;
    if (await replaced(client, document, wanted)) return null;
    await setTimeout(Math.random() * LONGEST_WAIT_MS);
  }
  throw new PhasegateError('unavailable', `too many launches want ${table} at this moment`);
}

/** What is held of all tables, by table and launch. */
export async function heldOfAll(client: FirestoreClient): Promise<readonly Lock[]> {
  const { docs } = await read(client, (db) => db.collection('locks').get());
  return docs
    .sort((a, b) => (a.id < b.id ? -1 : 1))
    .flatMap((document) => locksIn(document.id as TableName, document));
}

function locksIn(table: TableName, document: DocumentSnapshot): readonly Lock[] {
  return fieldsOf(lockDocument, document).held.map(({ launch, run, days }) => ({
    table,
    launch: launch as LaunchId,
    run: run as RunId,
    days: unpackDays(days),
  }));
}

/** False when somebody else changed it since it was read. */
async function replaced(
  client: FirestoreClient,
  { ref, updateTime }: DocumentSnapshot,
  locks: readonly Lock[],
): Promise<boolean> {
  const held = locks
    .map(({ launch, run, days }) => ({ launch, run, days: packDays(days) }))
    .sort((a, b) => (a.launch < b.launch ? -1 : 1));
  const written = await write(client, (batch) => {
    if (updateTime === undefined) batch.create(ref, { held });
    else batch.update(ref, { held }, { lastUpdateTime: updateTime });
  });
  return typeof written !== 'string';
}

function textOf(locks: readonly Lock[]): string {
  return JSON.stringify(locks.map(({ launch, run, days }) => [launch, run, packDays(days)]));
}
