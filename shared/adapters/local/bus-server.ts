import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { z } from 'zod';
import { type Bus, TOPICS, type Topic } from '../../ports/bus.ts';

const MAX_BODY_BYTES = 10_000_000;
const publishSchema = z.object({
  messages: z.array(z.object({ data: z.base64().default('') })).nonempty(),
});

export type BusServer = Readonly<{ url: string; close(): Promise<void> }>;

/** Serves `POST /v1/projects/P/topics/T:publish` as Pub/Sub does, so that gcloud can publish to the local bus. */
export async function openBusServer(bus: Bus): Promise<BusServer> {
  const server = createServer(async (request, response) => {
    const answer = (status: number, body: unknown) => {
      response.writeHead(status, { 'content-type': 'application/json' });
      response.end(JSON.stringify(body));
    };
    const refuse = (code: number, status: string, message: string) =>
      answer(code, { error: { code, message, status } });
    try {
      const path = new URL(request.url ?? '/', 'http://localhost').pathname;
      const name = /^\/v1\/projects\/[^/]+\/topics\/([^/:]+):publish$/.exec(path)?.[1];
      if (request.method !== 'POST' || name === undefined) {
        return refuse(404, 'NOT_FOUND', 'only POST /v1/projects/P/topics/T:publish is served here');
      }
      const topic = TOPICS.find((each): each is Topic => each === name);
      if (topic === undefined) {
        return refuse(
          404,
          'NOT_FOUND',
          `topic ${name} is not known; accepted: ${TOPICS.join(', ')}`,
        );
      }
      const parsed = publishSchema.safeParse(JSON.parse(await bodyOf(request)));
      if (!parsed.success) return refuse(400, 'INVALID_ARGUMENT', z.prettifyError(parsed.error));
      const messageIds: string[] = [];
      for (const { data } of parsed.data.messages) {
        messageIds.push(await bus.publish(topic, Buffer.from(data, 'base64').toString('utf8')));
      }
      answer(200, { messageIds });
    } catch (error) {
      refuse(400, 'INVALID_ARGUMENT', error instanceof Error ? error.message : String(error));
    }
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${port}`,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

async function bodyOf(request: AsyncIterable<Buffer>): Promise<string> {
  const parts: Buffer[] = [];
  let bytes = 0;
  for await (const part of request) {
    bytes += part.length;
    if (bytes > MAX_BODY_BYTES) throw new Error(`the body is larger than ${MAX_BODY_BYTES} bytes`);
    parts.push(part);
  }
  return Buffer.concat(parts).toString('utf8');
}
