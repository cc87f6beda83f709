import type { Firestore, WriteBatch, WriteResult } from '@google-cloud/firestore';
import { PhasegateError } from '../../core/errors.ts';
import type { FirestoreClient } from './firestore-client.ts';
import { fromFirestore, type Refusal, refusalOf } from './firestore-errors.ts';
import { inTime } from './in-time.ts';

/**
 * Reads, within the client's limit of time.
 *
 * @throws PhasegateError `unavailable`
 */
export async function read<Result>(
  client: FirestoreClient,
  ask: (db: Firestore) => Promise<Result>,
): Promise<Result> {
  try {
    return await answered(client, client.db().then(ask));
  } catch (error) {
    throw fromFirestore(error);
  }
}

/**
 * Commits one batch, all or nothing, within the client's limit of time. The official client repeats a commit
 * whose answer was lost, so a refusal may be the echo of one that was written.
 *
 * @returns one result a write, or why nothing was written
 * @throws PhasegateError `unavailable`: it may have been written, or may be within ten minutes
 */
export async function write(
  client: FirestoreClient,
  fill: (batch: WriteBatch, db: Firestore) => void,
): Promise<readonly WriteResult[] | Refusal> {
  const committed = client.db().then((db) => {
    const batch = db.batch();
    fill(batch, db);
    return batch.commit();
  });
  try {
    return await answered(client, committed);
  } catch (error) {
    const refusal = refusalOf(error);
    if (refusal !== null) return refusal;
    throw fromFirestore(error);
  }
}

/** Creates one document: false when it is there already. Otherwise as `write`. */
export async function create(
  client: FirestoreClient,
  path: string,
  fields: Readonly<Record<string, unknown>>,
): Promise<boolean> {
  const written = await write(client, (batch, db) => {
    batch.create(db.doc(path), fields);
  });
  if (written === 'changed') throw busy(path);
  return written !== 'exists';
}

/** Deletes one document; one that is gone is fine. Otherwise as `write`. */
export async function remove(client: FirestoreClient, path: string): Promise<void> {
  const written = await write(client, (batch, db) => {
    batch.delete(db.doc(path));
  });
  if (typeof written === 'string') throw busy(path);
}

/** A write without a condition on what is there was refused. */
export function busy(path: string): PhasegateError {
  return new PhasegateError('unavailable', `Firestore: ${path} cannot be written at this moment`);
}

/** @throws PhasegateError `unavailable` when there is no answer within the client's limit of time */
export function answered<Result>(
  { answerMilliseconds }: FirestoreClient,
  answer: Promise<Result>,
): Promise<Result> {
  return inTime('Firestore', answerMilliseconds, answer);
}
