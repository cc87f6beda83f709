import { createServer, type IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';
import { z } from 'zod';
import { PhasegateError } from '../../core/errors.ts';
import { type Bus, TOPICS, type Topic } from '../../ports/bus.ts';
import type { RunStore } from '../../ports/run-store.ts';
import { answerApi } from '../api.ts';
import { type ApiAnswer, type Caller, type PeoplesPlace, refusal, statusOf } from '../api-route.ts';
import { pinnedPipelines } from '../pinned-pipelines.ts';

const MAX_BODY_BYTES = 10_000_000;
const publishSchema = z.object({
  messages: z.array(z.object({ data: z.base64().default('') })).nonempty(),
});

/** Who reaches this server is on this machine. */
const ANYBODY: Caller = { name: 'local', mayRead: true, mayClaim: true, mayWrite: true };

export type BusServer = Readonly<{ url: string; close(): Promise<void> }>;

/**
 * Serves `POST /v1/projects/P/topics/T:publish` as Pub/Sub does, so that gcloud can publish to the local bus, and
 * beside it the same API as in the cloud, to people only where `people` says by what.
 */
export async function openBusServer(
  bus: Bus,
  runs: RunStore,
  people: PeoplesPlace | null = null,
): Promise<BusServer> {
  const place = { runs, bus, pipelineOf: pinnedPipelines(runs), people };
  const server = createServer(async (request, response) => {
    const answer = await answerTo(request).catch((error: unknown) =>
      refusal(statusOf(error), error instanceof Error ? error.message : String(error)),
    );
    response.writeHead(answer.status, { 'content-type': 'application/json' });
    response.end(JSON.stringify(answer.body));
  });

  async function answerTo(request: IncomingMessage): Promise<ApiAnswer> {
    const { method = 'GET' } = request;
    const path = new URL(request.url ?? '/', 'http://localhost').pathname;
    const body = await bodyOf(request);
    const topic = /^\/v1\/projects\/[^/]+\/topics\/([^/:]+):publish$/.exec(path)?.[1];
    if (method === 'POST' && topic !== undefined) {
      return { status: 200, body: await publish(bus, topic, body) };
    }
    return answerApi(place, { method, path, body, caller: ANYBODY });
  }

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

async function publish(bus: Bus, name: string, body: string) {
  const topic = TOPICS.find((each): each is Topic => each === name);
  if (topic === undefined) {
    const accepted = TOPICS.join(', ');
    throw new PhasegateError('not-found', `topic ${name} is not known; accepted: ${accepted}`);
  }
  const parsed = publishSchema.safeParse(parseJson(body));
  if (!parsed.success) throw new PhasegateError('invalid-input', z.prettifyError(parsed.error));
  const messageIds: string[] = [];
  for (const { data } of parsed.data.messages) {
    messageIds.push(await bus.publish(topic, Buffer.from(data, 'base64').toString('utf8')));
  }
  return { messageIds };
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch (error) {
    throw new PhasegateError('invalid-input', 'the body is not JSON', error);
  }
}

async function bodyOf(request: AsyncIterable<Buffer>): Promise<string> {
  const parts: Buffer[] = [];
  let bytes = 0;
  for await (const part of request) {
    bytes += part.length;
    if (bytes > MAX_BODY_BYTES) {
      const message = `the body is larger than ${MAX_BODY_BYTES} bytes`;
      throw new PhasegateError('invalid-input', message);
    }
    parts.push(part);
  }
  return Buffer.concat(parts).toString('utf8');
}
