import { PhasegateError } from '../../core/errors.ts';
import { NEVER_OBSERVED } from '../../core/monitor/monitor-state.ts';
import { readMonitorState, writeMonitorState } from '../../edge/monitor-state-text.ts';
import type { MonitorStore } from '../../ports/monitor-store.ts';
import { read, write } from './firestore-calls.ts';
import type { FirestoreClient } from './firestore-client.ts';
import { fieldsOf, monitorDocument, pathOf } from './firestore-documents.ts';

/** What monitors saw, in `monitors/{name}`: `version`, `state` (text). */
export function firestoreMonitorStore(client: FirestoreClient): MonitorStore {
  const documentOf = (monitor: string) =>
    read(client, (db) => db.doc(pathOf.monitor(monitor)).get());
  return {
    async load(monitor) {
      const document = await documentOf(monitor);
      if (!document.exists) return { version: 0, state: NEVER_OBSERVED };
      const { version, state } = fieldsOf(monitorDocument, document);
      return { version, state: readMonitorState(state) };
    },

    async commit(monitor, expected, state) {
      const conflict = (cause?: unknown) =>
        new PhasegateError(
          'conflict',
          `monitor ${monitor} is no longer at version ${expected}`,
          cause,
        );
      const document = await documentOf(monitor);
      const version = document.exists ? fieldsOf(monitorDocument, document).version : 0;
      if (version !== expected) throw conflict();
      const fields = { version: expected + 1, state: writeMonitorState(state) };
      const { ref, updateTime } = document;
      const written = await write(client, (batch) => {
        if (updateTime === undefined) batch.create(ref, fields);
        else batch.update(ref, fields, { lastUpdateTime: updateTime });
      });
      if (typeof written === 'string') throw conflict(written);
    },
  };
}
