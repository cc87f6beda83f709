import type { SchedulePause } from '../../core/monitor/schedule-pause.ts';
import { busy, read, remove, write } from './firestore-calls.ts';
import type { FirestoreClient } from './firestore-client.ts';
import { fieldsOf, pathOf, pauseDocument } from './firestore-documents.ts';

/** Why schedules are paused, in `pauses/{name}`: `reason`, `until`, `by`. */
export function firestorePauses(client: FirestoreClient) {
  return {
    async all(): Promise<ReadonlyMap<string, SchedulePause>> {
      const { docs } = await read(client, (db) => db.collection('pauses').get());
      return new Map(docs.map((document) => [document.id, fieldsOf(pauseDocument, document)]));
    },

    /** The last one counts. */
    async keep(name: string, pause: SchedulePause): Promise<void> {
      const path = pathOf.pause(name);
      const written = await write(client, (batch, db) => void batch.set(db.doc(path), pause));
      if (typeof written === 'string') throw busy(path);
    },

    drop: (name: string): Promise<void> => remove(client, pathOf.pause(name)),
  };
}
