import { randomUUID } from 'node:crypto';
import {
  type FirestoreClient,
  type FirestorePlace,
  firestoreClient,
} from '../../shared/adapters/gcp/firestore-client.ts';
import { firestoreRunStore } from '../../shared/adapters/gcp/firestore-run-store.ts';
import type { RunStore } from '../../shared/ports/run-store.ts';

/** Clients of an emulator, as so many instances of a function have them. */
export function firestoreInstances(
  host: string,
  limits: Pick<FirestorePlace, 'answerMilliseconds'> = {},
) {
  const opened: FirestoreClient[] = [];

  const clients = (count: number): readonly [FirestoreClient, ...FirestoreClient[]] => {
    const place = { projectId: `p-${randomUUID()}`, host, ...limits };
    const [first, ...others] = Array.from({ length: count }, () => firestoreClient(place));
    if (first === undefined) throw new Error('no instance was asked for');
    opened.push(first, ...others);
    return [first, ...others];
  };

  return {
    /** Of one project of their own, which is empty. */
    clients,

    /** Run stores of such clients. */
    open(count: number): readonly [RunStore, ...RunStore[]] {
      const [first, ...others] = clients(count);
      return [firestoreRunStore(first), ...others.map((client) => firestoreRunStore(client))];
    },

    /** Ends all connections of those that were opened. */
    async close(): Promise<void> {
      for (const client of opened.splice(0)) await (await client.db()).terminate();
    },
  };
}
