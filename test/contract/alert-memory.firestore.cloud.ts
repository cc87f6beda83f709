import { afterAll, describe, expect, it } from 'vitest';
import { firestoreAlertMemory } from '../../shared/adapters/gcp/firestore-alert-memory.ts';
import { firestoreEmulator } from '../cloud/emulators.ts';
import { firestoreInstances } from '../cloud/firestore-instances.ts';
import { AT } from '../core/requested-run.ts';
import { describeAlertMemory } from './alert-memory.ts';

const emulator = await firestoreEmulator();

describe.skipIf(emulator === null)("on Google's emulator", () => {
  const { clients, close } = firestoreInstances(emulator?.host ?? '');
  afterAll(async () => {
    await close();
    await emulator?.stop();
  });

  describeAlertMemory('Firestore', () => {
    const [one, two] = clients(2);
    return { memory: firestoreAlertMemory(one!), another: firestoreAlertMemory(two!), close };
  });

  it('what was told is kept with its id, and forgotten by Firestore after 400 days', async () => {
    const [client] = clients(1);
    await firestoreAlertMemory(client).commit('k', 0, { what: 'tested', channels: [] }, AT);
    const { docs } = await (await client.db()).collection('alerts').get();
    const told = docs.map((document) => document.data()).find(({ id }) => id === 'k');
    expect(told).toMatchObject({ id: 'k', version: 1 });
    expect(told?.expires.toMillis() - Date.parse(AT)).toBe(400 * 86_400_000);
  });
});
