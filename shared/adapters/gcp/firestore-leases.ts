import type { Timestamp } from '@google-cloud/firestore';
import { z } from 'zod';
import type { LaunchLeases } from './cloud-run-leases.ts';
import { read, write } from './firestore-calls.ts';
import type { FirestoreClient } from './firestore-client.ts';
import { fieldsOf } from './firestore-documents.ts';
import { documentId } from './firestore-ids.ts';

const leaseDocument = z.object({ text: z.string() });

/** What each launch has come to at Cloud Run: `launches/{launch}`, a `text`; its version is the document's update time. */
export function firestoreLeases(client: FirestoreClient): LaunchLeases {
  const pathOf = (launch: string) => `launches/${documentId(launch)}`;
  return {
    async read(launch) {
      const document = await read(client, (db) => db.doc(pathOf(launch)).get());
      if (!document.exists || document.updateTime === undefined) return null;
      return {
        text: fieldsOf(leaseDocument, document).text,
        version: versionOf(document.updateTime),
      };
    },

    async create(launch, text) {
      const written = await write(client, (batch, db) => {
        batch.create(db.doc(pathOf(launch)), { text });
      });
      return typeof written === 'string' ? null : versionOf(written[0]?.writeTime);
    },

    async update(launch, text, version) {
      const { Timestamp } = await import('@google-cloud/firestore');
      const [seconds = 0, nanoseconds = 0] = version.split('.').map(Number);
      const lastUpdateTime = new Timestamp(seconds, nanoseconds);
      const written = await write(client, (batch, db) => {
        batch.update(db.doc(pathOf(launch)), { text }, { lastUpdateTime });
      });
      return typeof written === 'string' ? null : versionOf(written[0]?.writeTime);
    },
  };
}

function versionOf(time: Timestamp | undefined): string {
  return time === undefined ? '' : `${time.seconds}.${time.nanoseconds}`;
}
