import { once } from 'node:events';
import { connect, createServer, type Socket } from 'node:net';

/** A line to a server on which answers can be lost while questions still arrive. */
export type DeafLine = Readonly<{
  /** Where to connect instead. */
  host: string;
  /** From now on nobody hears the server. */
  loseAnswers(): void;
  /** Breaks all connections; new ones are heard. */
  breakOff(): void;
  close(): void;
}>;

export async function deafLine(to: string): Promise<DeafLine> {
  const { hostname, port } = new URL(`http://${to}`);
  const sockets = new Set<Socket>();
  let isDeaf = false;
  const server = createServer((client) => {
    const upstream = connect(Number(port), hostname);
    client.pipe(upstream);
    upstream.on('data', (bytes) => {
      if (!isDeaf) client.write(bytes);
    });
    for (const [socket, other] of [
      [client, upstream],
      [upstream, client],
    ] as const) {
      sockets.add(socket);
      socket.on('error', () => other.destroy());
      socket.on('close', () => {
        sockets.delete(socket);
        other.destroy();
      });
    }
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('no port was given');
  const breakOff = () => {
    isDeaf = false;
    for (const socket of sockets) socket.destroy();
  };
  return {
    host: `127.0.0.1:${address.port}`,
    loseAnswers() {
      isDeaf = true;
    },
    breakOff,
    close() {
      server.close();
      breakOff();
    },
  };
}
