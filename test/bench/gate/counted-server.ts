import { createServer, type IncomingMessage, request, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

export type CountedServer = Readonly<{
  url: string;
  /** Query jobs that the server has begun; a dry run is none, and an id that was used before begins none. */
  queryJobs: () => number;
  close: () => Promise<void>;
}>;

/** A door before a BigQuery-shaped server that hands everything on and counts. */
export async function countedServer(target: string): Promise<CountedServer> {
  let queryJobs = 0;
  const door = createServer(async (asked, answer) => {
    const chunks: Buffer[] = [];
    for await (const chunk of asked) chunks.push(chunk);
    const body = Buffer.concat(chunks);
    const onward = handOn(target, asked, answer, (status) => {
      if (status < 300 && isQueryJob(asked, body)) queryJobs += 1;
    });
    onward.on('error', () => answer.destroy());
    onward.end(body);
  });
  door.requestTimeout = 0;
  await new Promise<void>((resolve) => door.listen(0, '127.0.0.1', resolve));
  const { port } = door.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${port}`,
    queryJobs: () => queryJobs,
    close: async () => {
      const closed = new Promise((resolve) => door.close(resolve));
      door.closeAllConnections();
      await closed;
    },
  };
}

function handOn(
  target: string,
  { url = '/', method, headers }: IncomingMessage,
  answer: ServerResponse,
  onStatus: (status: number) => void,
) {
  return request(new URL(url, target), { method, headers }, (found) => {
    const status = found.statusCode ?? 500;
    onStatus(status);
    answer.writeHead(status, found.headers);
    found.pipe(answer);
  });
}

function isQueryJob({ method, url = '' }: IncomingMessage, body: Buffer): boolean {
  const { pathname } = new URL(url, 'http://local');
  if (method !== 'POST' || pathname.startsWith('/upload/')) return false;
  if (!/\/projects\/[^/]+\/(jobs|queries)$/.test(pathname)) return false;
  const { configuration, ...direct } = JSON.parse(body.toString('utf8'));
  const { dryRun, query } = configuration ?? direct;
  return dryRun !== true && query !== undefined;
}
