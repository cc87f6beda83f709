import { afterAll, describe, expect, it } from 'vitest';
import { firestoreAlerts } from '../../shared/adapters/gcp/firestore-alerts.ts';
import { AT } from '../core/requested-run.ts';
import { firestoreEmulator } from './emulators.ts';
import { firestoreInstances } from './firestore-instances.ts';

const emulator = await firestoreEmulator();

describe.skipIf(emulator === null)('what people were told', () => {
  const { clients, close } = firestoreInstances(emulator?.host ?? '');
  afterAll(async () => {
    await close();
    await emulator?.stop();
  });

  it('is known to every instance once one has kept it, however often it is kept', async () => {
    const [one, other] = clients(2).map(firestoreAlerts);
    const key = 'run/stuck__'.repeat(200);
    expect(await other?.knows(key)).toBe(false);
    await Promise.all([one?.keep(key, 'text', AT), other?.keep(key, 'text', AT)]);
    expect(await other?.knows(key)).toBe(true);
    expect(await one?.knows(`${key}2`)).toBe(false);
  });

  it('is kept with its key, its text and when, and forgotten after 400 days', async () => {
    const [client] = clients(1);
    await firestoreAlerts(client).keep('k', 'text', AT);
    const { docs } = await (await client.db()).collection('alerts').get();
    const [told] = docs.map((document) => document.data());
    expect(told).toMatchObject({ key: 'k', text: 'text', at: AT });
    expect(told?.expires.toMillis() - Date.parse(AT)).toBe(400 * 86_400_000);
  });
});
