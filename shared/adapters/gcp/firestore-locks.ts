import { intersect, isEmpty } from '../../core/day-set.ts';
import type { RunStore } from '../../ports/run-store.ts';
import { create, read } from './firestore-calls.ts';
import type { FirestoreClient } from './firestore-client.ts';
import { claimDocument, fieldsOf, pathOf } from './firestore-documents.ts';
import { changeHeld, heldOfAll } from './firestore-held.ts';

/** Locks and fences in Firestore. */
export function firestoreLocks(
  client: FirestoreClient,
): Pick<RunStore, 'lock' | 'unlock' | 'locks' | 'claim'> {
  return {
    lock(lock, writers) {
      return changeHeld(client, lock.table, (locks) => {
        const others = locks.filter(({ launch }) => launch !== lock.launch);
        const overlapping = others.find(({ days }) => !isEmpty(intersect(days, lock.days)));
        const inTheWay = overlapping ?? (others.length >= writers ? others[0] : undefined);
        return inTheWay ?? [...others, lock];
      });
    },

    async unlock(table, launch) {
      await changeHeld(client, table, (locks) => locks.filter((lock) => lock.launch !== launch));
    },

    locks: () => heldOfAll(client),

    async claim(launch, execution) {
      const path = pathOf.claim(launch);
      if (await create(client, path, { execution })) return execution;
      const document = await read(client, (db) => db.doc(path).get());
      return fieldsOf(claimDocument, document).execution;
    },
  };
}
