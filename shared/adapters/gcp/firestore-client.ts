import type { FieldValue, Firestore, Settings } from '@google-cloud/firestore';

export type FirestorePlace = Readonly<{
  projectId: string;
  /** Absent means the database `(default)`. */
  databaseId?: string;
  /** `HOST:PORT` of an emulator; absent means Google Cloud. */
  host?: string;
  /** How long to wait for an answer; absent means 20 seconds. */
  answerMilliseconds?: number;
}>;

/** Left to itself the official client tries for ten minutes; a message is delivered again much sooner. */
const ANSWER_MS = 20_000;

export type FirestoreClient = Readonly<{
  /** The official client, imported and connected at the first use. */
  db(): Promise<Firestore>;
  answerMilliseconds: number;
}>;

/** Connects at the first use: a function that needs no run starts faster. */
export function firestoreClient(place: FirestorePlace): FirestoreClient {
  let db: Promise<Firestore> | undefined;
  return {
    db() {
      db ??= connect(place);
      return db;
    },
    answerMilliseconds: place.answerMilliseconds ?? ANSWER_MS,
  };
}

/** The instant at which Firestore writes what this stands in. */
export async function serverTime(): Promise<FieldValue> {
  const { FieldValue } = await import('@google-cloud/firestore');
  return FieldValue.serverTimestamp();
}

async function connect({ projectId, databaseId, host }: FirestorePlace): Promise<Firestore> {
  const { Firestore } = await import('@google-cloud/firestore');
  const settings: Settings = { projectId, ...(databaseId === undefined ? {} : { databaseId }) };
  if (host === undefined) return new Firestore(settings);
  const { OAuth2Client } = await import('google-auth-library');
  // Without credentials of our own the client looks for those of the machine, which takes a second.
  return new Firestore({ ...settings, host, ssl: false, authClient: new OAuth2Client() });
}
