import type { Firestore, WriteBatch } from '@google-cloud/firestore';
import { PhasegateError } from '../../core/errors.ts';
import type { RunId } from '../../core/ids.ts';
import type { RunEvent } from '../../core/run-event.ts';
import type { Fact, RunStore } from '../../ports/run-store.ts';
import { busy, create, read, write } from './firestore-calls.ts';
import { type FirestoreClient, serverTime } from './firestore-client.ts';
import { factDocument, fieldsOf, pathOf, type Standing } from './firestore-documents.ts';
import { type Held, heldOf, racing, replaced } from './firestore-held.ts';

/** Facts that one load gives, and one commit folds: a commit is one request of at most 10 MiB. */
const AT_ONCE = 200;

/**
 * Facts in Firestore: one document each, under the id that makes it one; while `folded` is null it is in the inbox.
 * A post whose first answer was lost on the way may say that the fact was there before.
 *
 * @param look how the run's document stands at this moment; null when there is none
 */
export function firestoreFacts(
  client: FirestoreClient,
  look: (run: RunId) => Promise<Seen | null>,
): Pick<RunStore, 'post' | 'postHolding' | 'knows' | 'facts'> {
  return {
    async post(run, fact) {
      const fields = await factFields(fact, null);
      const path = pathOf.fact(run, fact.id);
      const seen = await look(run);
      if (seen?.standing === 'moving') return create(client, path, fields);
      const open = await opening(run, seen);
      const written = await write(client, (batch, db) => {
        open(batch, db);
        batch.create(db.doc(path), fields);
      });
      if (typeof written !== 'string') return true;
      if (seen !== null && written === 'changed') throw busy(path);
      return create(client, path, fields);
    },

    postHolding(run, fact, { table, launch, token }) {
      const isOwn = (lock: Held) => lock.launch === launch && lock.token === token;
      return racing(table, async () => {
        const [isKnown, seen, { document, locks }] = await Promise.all([
          exists(client, pathOf.fact(run, fact.id)),
          look(run),
          heldOf(client, table),
        ]);
        if (isKnown) return { won: false };
        if (!locks.some(isOwn)) {
          throw new PhasegateError('conflict', `${launch} no longer holds ${table}`);
        }
        const open = await opening(run, seen);
        const fields = await factFields(fact, null);
        const others = locks.filter((lock) => !isOwn(lock));
        const isWritten = await replaced(client, document, others, (batch, db) => {
          open(batch, db);
          batch.create(db.doc(pathOf.fact(run, fact.id)), fields);
        });
        return isWritten ? { won: true } : null;
      });
    },

    knows: (run, factId) => exists(client, pathOf.fact(run, factId)),

    async facts(run) {
      const { docs } = await read(client, (db) =>
        db.collection(pathOf.facts(run)).where('folded', '>', 0).orderBy('folded').get(),
      );
      return docs.map((document) => asFact(fieldsOf(factDocument, document)));
    },
  };
}

/** How a run's document stands; without one the run is not there yet. */
type Seen = Readonly<{ standing: Standing | undefined }>;

/** What has to be written beside a fact so that its run is there, and not over. */
async function opening(run: RunId, seen: Seen | null) {
  const standing: Standing = 'moving';
  const changed = await serverTime();
  return (batch: WriteBatch, db: Firestore): void => {
    const document = db.doc(pathOf.run(run));
    if (seen === null) batch.create(document, { version: 0, state: null, changed, standing });
    else if (seen.standing !== standing) batch.update(document, { standing });
  };
}

/** Facts that are not folded, oldest first. @param isAll all of them, not just those of one commit */
export async function inboxOf(
  client: FirestoreClient,
  run: RunId,
  isAll: boolean,
): Promise<readonly Fact[]> {
  const { docs } = await read(client, (db) => {
    const open = db.collection(pathOf.facts(run)).where('folded', '==', null).orderBy('posted');
    return (isAll ? open : open.limit(AT_ONCE)).get();
  });
  return docs.map((document) => asFact(fieldsOf(factDocument, document)));
}

/** @param folded null for the inbox, otherwise its place among all that are folded */
export async function factFields({ id, event }: Fact, folded: number | null) {
  return { id, event: JSON.stringify(event), posted: await serverTime(), folded };
}

async function exists(client: FirestoreClient, path: string): Promise<boolean> {
  return read(client, async (db) => (await db.doc(path).get()).exists);
}

function asFact({ id, event }: Readonly<{ id: string; event: string }>): Fact {
  return { id, event: JSON.parse(event) as RunEvent };
}
