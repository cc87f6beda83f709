import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { resolve } from 'node:path';
import { describe, expect, it, vi } from 'vitest';
import { ABSENT, firestoreEmulator, pubsubEmulator } from './emulators.ts';

const EMULATORS = resolve(import.meta.dirname, 'emulators.ts');
const KILLED = `
  import { firestoreEmulator } from ${JSON.stringify(EMULATORS)};
  const emulator = await firestoreEmulator();
  process.stdout.write(emulator?.host ?? 'absent', () => process.kill(process.pid, 'SIGKILL'));`;

const ask = (host: string) => fetch(`http://${host}/`);

describe.each([
  ['Firestore', firestoreEmulator],
  ['Pub/Sub', pubsubEmulator],
])('the %s emulator', (_, start) => {
  it('answers where it says, and is gone once it was stopped, also twice', async (context) => {
    const emulator = await start();
    if (emulator === null) return context.skip(ABSENT);
    expect((await (await ask(emulator.host)).text()).trim()).toBe('Ok');
    await emulator.stop();
    await emulator.stop();
    await expect(ask(emulator.host)).rejects.toThrow();
  });
});

it('ends with the process that started it, also when that one is killed', async (context) => {
  const child = spawn(process.execPath, ['--input-type=module-typescript', '-e', KILLED]);
  let host = '';
  child.stdout.on('data', (text) => {
    host += text;
  });
  const [, signal] = await once(child, 'close');
  if (host === 'absent') return context.skip(ABSENT);
  expect([host.startsWith('127.0.0.1:'), signal]).toEqual([true, 'SIGKILL']);
  await vi.waitFor(() => expect(ask(host)).rejects.toThrow(), { timeout: 10_000 });
});
