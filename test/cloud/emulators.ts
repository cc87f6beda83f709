import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { type Emulator, NotStarted, startEmulator } from './emulator-process.ts';
import { hasJava, SDK_ENV, sdkRoot } from './emulator-sdk.ts';

export type { Emulator } from './emulator-process.ts';

/** Why a test is skipped where an emulator answered null; which one and why was said when it did. */
export const ABSENT = 'gcloud, Java or the emulator is absent, so there is nothing to prove it on';

type Kind = Readonly<{
  name: string;
  /** Where the SDK keeps the program that gcloud itself would start, in half of the time. */
  script: string;
  own: (port: number) => readonly string[];
  byGcloud: (port: number, directory: string) => readonly string[];
}>;

const FIRESTORE: Kind = {
  name: 'Firestore',
  script: 'platform/cloud-firestore-emulator/cloud_firestore_emulator',
  own: (port) => ['start', '--host=127.0.0.1', `--port=${port}`],
  byGcloud: (port) => ['emulators', 'firestore', 'start', `--host-port=127.0.0.1:${port}`],
};

const PUBSUB: Kind = {
  name: 'Pub/Sub',
  script: 'platform/pubsub-emulator/bin/cloud-pubsub-emulator',
  own: (port) => ['--host=127.0.0.1', `--port=${port}`],
  byGcloud: (port, directory) =>
    // biome-ignore format: one command line
    ['beta', 'emulators', 'pubsub', 'start', `--host-port=127.0.0.1:${port}`, `--data-dir=${directory}`],
};

/**
 * Google's Firestore emulator on a free port of this machine; it takes any project id, and each is empty at first.
 *
 * @returns null, and says so in one line, where gcloud, java or the emulator is absent
 * @throws NotStarted when it is there and does not answer
 */
export function firestoreEmulator(): Promise<Emulator | null> {
  return emulator(FIRESTORE);
}

/** Google's Pub/Sub emulator; otherwise as `firestoreEmulator`. */
export function pubsubEmulator(): Promise<Emulator | null> {
  return emulator(PUBSUB);
}

async function emulator({ name, script, own, byGcloud }: Kind): Promise<Emulator | null> {
  const root = await sdkRoot();
  if (root === null) return absent(name, 'gcloud is absent');
  if (!(await hasJava())) return absent(name, 'java is absent');
  const program = join(root, script);
  if (existsSync(program)) return startEmulator((port) => [program, ...own(port)], SDK_ENV);
  try {
    return await startEmulator((...place) => ['gcloud', ...byGcloud(...place)], SDK_ENV);
  } catch (error) {
    if (!(error instanceof NotStarted)) throw error;
    return absent(name, 'gcloud cannot start it');
  }
}

function absent(name: string, reason: string): null {
  console.warn(`NOT CHECKED: ${reason}, so nothing is proven on the ${name} emulator`);
  return null;
}
