import { once } from 'node:events';
import { createServer, type Socket } from 'node:net';
import { PubSub } from '@google-cloud/pubsub';
import { expect, it } from 'vitest';
import { pubsubBus } from '../../shared/adapters/gcp/pubsub-bus.ts';

it('a publish that nobody answers is trouble that may pass, and is waited for no longer than said', async () => {
  const sockets: Socket[] = [];
  const server = createServer((socket) => void sockets.push(socket)).listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('no port was given');
  const apiEndpoint = `127.0.0.1:${address.port}`;
  const client = new PubSub({ projectId: 'local', apiEndpoint, emulatorMode: true });
  const bus = pubsubBus(async () => client, '', 300);
  await expect(bus.publish('phasegate-start', {})).rejects.toMatchObject({ kind: 'unavailable' });
  await client.close();
  for (const socket of sockets) socket.destroy();
  server.close();
}, 20_000);
