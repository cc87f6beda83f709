import { randomUUID } from 'node:crypto';
import { intersect, isEmpty } from '../../core/day-set.ts';
import type { RunStore } from '../../ports/run-store.ts';
import { create, read } from './firestore-calls.ts';
import type { FirestoreClient } from './firestore-client.ts';
import { claimDocument, fieldsOf, pathOf } from './firestore-documents.ts';
import { changeHeld, heldOf, heldOfAll } from './firestore-held.ts';

/** Locks and fences in Firestore. */
export function firestoreLocks(
  client: FirestoreClient,
): Pick<RunStore, 'lock' | 'holding' | 'unlock' | 'locks' | 'claim'> {
  return {
    lock(lock, writers) {
      return changeHeld(client, lock.table, (locks) => {
        const others = locks.filter(({ launch }) => launch !== lock.launch);
        const overlapping = others.find(({ days }) => !isEmpty(intersect(days, lock.days)));
        const inTheWay = overlapping ?? (others.length >= writers ? others[0] : undefined);
        const own = locks.find(({ launch }) => launch === lock.launch);
        return inTheWay ?? [...others, { ...lock, token: own?.token ?? randomUUID() }];
      });
    },

    async holding(table, launch) {
      const { locks } = await heldOf(client, table);
      const own = locks.find((lock) => lock.launch === launch);
      return own === undefined ? null : { table, launch, token: own.token };
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
