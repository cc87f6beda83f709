import { createServer, type IncomingMessage, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { z } from 'zod';
import { PhasegateError } from '../../core/errors.ts';
import { type Bus, TOPICS, type Topic } from '../../ports/bus.ts';
import type { RunStore } from '../../ports/run-store.ts';
import { answerApi } from '../api.ts';
import { type ApiAnswer, type Caller, type PeoplesPlace, refusal, statusOf } from '../api-route.ts';
import { answerPage } from '../pages/answer-page.ts';
import type { PagePlace } from '../pages/page-route.ts';
import { pinnedPipelines } from '../pinned-pipelines.ts';

const MAX_BODY_BYTES = 10_000_000;
const publishSchema = z.object({
  messages: z.array(z.object({ data: z.base64().default('') })).nonempty(),
});

/** Who reaches this server is on this machine. */
const ANYBODY: Caller = { name: 'local', mayRead: true, mayClaim: true, mayWrite: true };

export type BusServer = Readonly<{ url: string; close(): Promise<void> }>;

/** The page, and the port that it is looked for at; null: any that is free. */
export type Serving = Readonly<{ pages: PagePlace; port: number | null }>;

/**
 * Serves `POST /v1/projects/P/topics/T:publish` as Pub/Sub does, so that gcloud can publish to the local bus, and
 * beside it the same API as in the cloud, to people only where `people` says by what, and the page where `serving` is given.
 * Answers this machine alone, and no page of another site that a browser here has open.
 *
 * @throws PhasegateError `conflict` when the port is taken
 */
export async function openBusServer(
  bus: Bus,
  runs: RunStore,
  people: PeoplesPlace | null = null,
  serving: Serving | null = null,
): Promise<BusServer> {
  const place = { runs, bus, pipelineOf: pinnedPipelines(runs), people };
  const server = createServer(async (request, response) => {
    const url = URL.parse(request.url ?? '/', 'http://localhost');
    if (url === null) {
      response.writeHead(400).end();
      return;
    }
    if (serving !== null && isForPeople(request, url)) {
      const page = await answerPage(serving.pages, url.pathname, url.searchParams);
      response.writeHead(page.status, page.headers).end(page.body);
      return;
    }
    const answer = await answerTo(request, url.pathname).catch((error: unknown) =>
      refusal(statusOf(error), error instanceof Error ? error.message : String(error)),
    );
    response.writeHead(answer.status, { 'content-type': 'application/json' });
    response.end(JSON.stringify(answer.body));
  });

  async function answerTo(request: IncomingMessage, path: string): Promise<ApiAnswer> {
    const { method = 'GET', headers } = request;
    if (isForeign(headers)) return refusal(403, 'only this machine is answered, by its own name');
    const body = await bodyOf(request);
    const topic = /^\/v1\/projects\/[^/]+\/topics\/([^/:]+):publish$/.exec(path)?.[1];
    if (method === 'POST' && topic !== undefined) {
      return { status: 200, body: await publish(bus, topic, body) };
    }
    return answerApi(place, { method, path, body, caller: ANYBODY });
  }

  await listen(server, serving?.port ?? 0);
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

/** What a browser asks for; everything else is of the API. */
function isForPeople({ method, headers }: IncomingMessage, { pathname }: URL): boolean {
  return method === 'GET' && !pathname.startsWith('/v1/') && !isForeign(headers);
}

const OWN_NAMES = ['127.0.0.1', 'localhost'];

/** A name of another site that leads here, or a request that the page of another site has sent. */
function isForeign({ host, origin }: IncomingMessage['headers']): boolean {
  const nameOf = (address: string) => URL.parse(address)?.hostname ?? '';
  return (
    !OWN_NAMES.includes(nameOf(`http://${host ?? ''}`)) ||
    (origin !== undefined && !OWN_NAMES.includes(nameOf(origin)))
  );
}

async function listen(server: Server, port: number): Promise<void> {
  await new Promise<void>((resolve, reject) => {
    server.once('error', (error: NodeJS.ErrnoException) => {
      const isTaken = error.code === 'EADDRINUSE' || error.code === 'EACCES';
      const message = `port ${port} cannot be used here; choose another one with --port`;
      reject(isTaken ? new PhasegateError('conflict', message, error) : error);
    });
    server.listen(port, '127.0.0.1', resolve);
  });
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
