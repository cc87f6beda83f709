import { PhasegateError } from '../../core/errors.ts';
import { readAlertRecord, writeAlertRecord } from '../../edge/alert-record-text.ts';
import type { AlertMemory } from '../../ports/alert-memory.ts';
import { read, write } from './firestore-calls.ts';
import type { FirestoreClient } from './firestore-client.ts';
import { alertDocument, fieldsOf, pathOf } from './firestore-documents.ts';

const KEPT_MS = 400 * 86_400_000;

/** In `alerts/{hash of the id}`: `id`, `version`, `record` (text), and `expires` for Firestore's time to live. */
export function firestoreAlertMemory(client: FirestoreClient): AlertMemory {
  const documentOf = (id: string) => read(client, (db) => db.doc(pathOf.alert(id)).get());
  return {
    async load(id) {
      const document = await documentOf(id);
      if (!document.exists) return { version: 0, record: null };
      const { version, record } = fieldsOf(alertDocument, document);
      return { version, record: readAlertRecord(record) };
    },

    async commit(id, expected, record, at) {
      const conflict = (cause?: unknown) =>
        new PhasegateError('conflict', `${id} is no longer at version ${expected}`, cause);
      const document = await documentOf(id);
      const version = document.exists ? fieldsOf(alertDocument, document).version : 0;
      if (version !== expected) throw conflict();
      const expires = new Date(Date.parse(at) + KEPT_MS);
      const fields = { id, version: expected + 1, record: writeAlertRecord(record), expires };
      const { ref, updateTime } = document;
      const written = await write(client, (batch) => {
        if (updateTime === undefined) batch.create(ref, fields);
        else batch.update(ref, fields, { lastUpdateTime: updateTime });
      });
      if (typeof written === 'string') throw conflict(written);
    },
  };
}
