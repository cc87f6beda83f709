import { afterAll, describe } from 'vitest';
import { firestoreMonitorStore } from '../../shared/adapters/gcp/firestore-monitor-store.ts';
import { firestoreEmulator } from '../cloud/emulators.ts';
import { firestoreInstances } from '../cloud/firestore-instances.ts';
import { describeMonitorStore } from './monitor-store.ts';

const emulator = await firestoreEmulator();

describe.skipIf(emulator === null)("on Google's emulator", () => {
  const { clients, close } = firestoreInstances(emulator?.host ?? '');
  afterAll(async () => {
    await close();
    await emulator?.stop();
  });

  describeMonitorStore('Firestore', () => {
    const [one, two] = clients(2);
    return { store: firestoreMonitorStore(one!), another: firestoreMonitorStore(two!), close };
  });
});
