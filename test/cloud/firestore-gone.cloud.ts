import { once } from 'node:events';
import { createServer, type Socket } from 'node:net';
import { describe, expect, it } from 'vitest';
import { firestoreAlertMemory } from '../../shared/adapters/gcp/firestore-alert-memory.ts';
import type { FirestoreClient } from '../../shared/adapters/gcp/firestore-client.ts';
import { firestoreRunStore } from '../../shared/adapters/gcp/firestore-run-store.ts';
import { decide } from '../../shared/core/decide.ts';
import { launchId, parseTableName } from '../../shared/core/ids.ts';
import type { RunState } from '../../shared/core/run.ts';
import type { RunEvent } from '../../shared/core/run-event.ts';
import type { Commit } from '../../shared/ports/run-store.ts';
import { table as aTable, pipelineOf, RUN } from '../core/build.ts';
import { AT, requestedRun } from '../core/requested-run.ts';
import { ABSENT, firestoreEmulator } from './emulators.ts';
import { firestoreInstances } from './firestore-instances.ts';

const LIMIT = { answerMilliseconds: 3_000 };
/** For whatever takes more than one call, and for two that wait for each other. */
const LONGEST_MS = 3 * LIMIT.answerMilliseconds;

const table = parseTableName('a.teams');
const launch = launchId(RUN, table, 1);
const event: RunEvent = { type: 'clock-ticked', at: AT };
const pipeline = pipelineOf(aTable('a.teams'));
const state = decide(pipeline, null, requestedRun(pipeline))?.state as RunState;
const commit: Commit = { expected: 0, state, folded: ['x'], effects: [] };

/** Every way to ask, at the same moment. */
async function askAll(client: FirestoreClient): Promise<unknown[]> {
  const runs = firestoreRunStore(client);
  const since = performance.now();
  const asked = await Promise.allSettled([
    runs.load(RUN),
    runs.load(RUN),
    runs.commit(RUN, commit),
    runs.commit(RUN, commit),
    runs.commit(RUN, commit),
    runs.post(RUN, { id: 'x', event }),
    runs.knows(RUN, 'x'),
    runs.facts(RUN),
    runs.list(),
    runs.unfinished(),
    runs.settle(RUN, 1),
    runs.saveDefinition('h', 'text'),
    runs.loadDefinition('h'),
    runs.lock({ table, launch, run: RUN, days: [] }, 1),
    runs.unlock(table, launch),
    runs.locks(),
    runs.claim(launch, 'x1'),
    firestoreAlertMemory(client).load('k'),
    firestoreAlertMemory(client).commit('k', 0, { what: 'tested', channels: [] }, AT),
  ]);
  expect(performance.now() - since).toBeLessThan(LONGEST_MS);
  return asked.map((each) => (each.status === 'fulfilled' ? each.value : each.reason.kind));
}

const ALL_UNAVAILABLE = Array(19).fill('unavailable');

describe.concurrent('a Firestore that does not answer is unavailable, and nobody waits long for it', () => {
  it('where nothing listens', async () => {
    const server = createServer().listen(0, '127.0.0.1');
    await once(server, 'listening');
    const host = hostOf(server.address());
    server.close();
    const { clients } = firestoreInstances(host, LIMIT);
    expect(await askAll(clients(1)[0])).toEqual(ALL_UNAVAILABLE);
  });

  it('where somebody listens and says nothing', async () => {
    const sockets: Socket[] = [];
    const server = createServer((socket) => sockets.push(socket)).listen(0, '127.0.0.1');
    await once(server, 'listening');
    const { clients } = firestoreInstances(hostOf(server.address()), LIMIT);
    expect(await askAll(clients(1)[0])).toEqual(ALL_UNAVAILABLE);
    for (const socket of sockets) socket.destroy();
    server.close();
  });

  it('where it was a moment ago', async (context) => {
    const emulator = await firestoreEmulator();
    if (emulator === null) return context.skip(ABSENT);
    const patient = firestoreInstances(emulator.host).clients(1)[0];
    expect(await firestoreRunStore(patient).list()).toEqual([]);
    const [client] = firestoreInstances(emulator.host, LIMIT).clients(1);
    expect(await firestoreRunStore(client).post(RUN, { id: 'x', event })).toBe(true);
    await emulator.stop();
    expect(await askAll(client)).toEqual(ALL_UNAVAILABLE);
  });
});

function hostOf(address: ReturnType<ReturnType<typeof createServer>['address']>): string {
  if (address === null || typeof address === 'string') throw new Error('no port was given');
  return `127.0.0.1:${address.port}`;
}
