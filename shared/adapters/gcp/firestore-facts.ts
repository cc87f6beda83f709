import { PhasegateError } from '../../core/errors.ts';
import type { RunId } from '../../core/ids.ts';
import type { RunEvent } from '../../core/run-event.ts';
import type { Fact, RunStore } from '../../ports/run-store.ts';
import { create, read, write } from './firestore-calls.ts';
import { type FirestoreClient, serverTime } from './firestore-client.ts';
import { factDocument, fieldsOf, pathOf } from './firestore-documents.ts';
import { type Held, heldOf, racing, replaced } from './firestore-held.ts';

/** Facts that one load gives, and one commit folds: a commit is one request of at most 10 MiB. */
const AT_ONCE = 200;

/**
 * Facts in Firestore: one document each, under the id that makes it one; while `folded` is null it is in the inbox.
 * A post whose first answer was lost on the way may say that the fact was there before.
 *
 * @param isThere whether the run is known to have its document
 */
export function firestoreFacts(
  client: FirestoreClient,
  isThere: (run: RunId) => boolean,
): Pick<RunStore, 'post' | 'postHolding' | 'knows' | 'facts'> {
  return {
    async post(run, fact) {
      const fields = await factFields(fact, null);
      const path = pathOf.fact(run, fact.id);
      if (isThere(run) || (await exists(client, pathOf.run(run)))) {
        return create(client, path, fields);
      }
      const changed = await serverTime();
      const written = await write(client, (batch, db) => {
        batch.create(db.doc(pathOf.run(run)), { version: 0, state: null, changed });
        batch.create(db.doc(path), fields);
      });
      return typeof written === 'string' ? create(client, path, fields) : true;
    },

    postHolding(run, fact, { table, launch, token }) {
      const isOwn = (lock: Held) => lock.launch === launch && lock.token === token;
      return racing(table, async () => {
        const [isKnown, hasRun, { document, locks }] = await Promise.all([
          exists(client, pathOf.fact(run, fact.id)),
          exists(client, pathOf.run(run)),
          heldOf(client, table),
        ]);
        if (isKnown) return { won: false };
        if (!locks.some(isOwn)) {
          throw new PhasegateError('conflict', `${launch} no longer holds ${table}`);
        }
        const changed = await serverTime();
        const fields = await factFields(fact, null);
        const others = locks.filter((lock) => !isOwn(lock));
        const isWritten = await replaced(client, document, others, (batch, db) => {
          if (!hasRun) batch.create(db.doc(pathOf.run(run)), { version: 0, state: null, changed });
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
