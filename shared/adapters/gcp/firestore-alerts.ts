import { create, read } from './firestore-calls.ts';
import type { FirestoreClient } from './firestore-client.ts';
import { pathOf } from './firestore-documents.ts';

/** What people were told, by its key: shared by all instances, and kept for 400 days. */
export type Told = Readonly<{
  knows(key: string): Promise<boolean>;
  /** Keeping it twice is fine. */
  keep(key: string, text: string, at: string): Promise<void>;
}>;

const KEPT_MS = 400 * 86_400_000;

/** In `alerts/{hash of the key}`: `key`, `text`, `at`, and `expires` for Firestore's time to live. */
export function firestoreAlerts(client: FirestoreClient): Told {
  return {
    async knows(key) {
      return (await read(client, (db) => db.doc(pathOf.alert(key)).get())).exists;
    },
    async keep(key, text, at) {
      const expires = new Date(Date.parse(at) + KEPT_MS);
      await create(client, pathOf.alert(key), { key, text, at, expires });
    },
  };
}
