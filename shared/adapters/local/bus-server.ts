import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { z } from 'zod';
import { isKind, PhasegateError } from '../../core/errors.ts';
import { parseLaunchId } from '../../core/ids.ts';
import { readClaim } from '../../edge/claim.ts';
import { type Bus, TOPICS, type Topic } from '../../ports/bus.ts';
import type { RunStore } from '../../ports/run-store.ts';
import { claimLaunch } from '../../shell/claim-launch.ts';

const MAX_BODY_BYTES = 10_000_000;
const PUBLISH = 'POST /v1/projects/P/topics/T:publish';
const CLAIM = 'POST /v1/launches/LAUNCH:claim';
const publishSchema = z.object({
  messages: z.array(z.object({ data: z.base64().default('') })).nonempty(),
});

export type BusServer = Readonly<{ url: string; close(): Promise<void> }>;

/**
 * Serves `POST /v1/projects/P/topics/T:publish` as Pub/Sub does, so that gcloud can publish to the local bus,
 * and to jobs `POST /v1/launches/LAUNCH:claim`: `{"execution": "…"}` is answered with the one that has the launch.
 */
export async function openBusServer(
  bus: Bus,
  runs: Pick<RunStore, 'claim' | 'load'>,
): Promise<BusServer> {
  const server = createServer(async (request, response) => {
    const answer = (status: number, body: unknown) => {
      response.writeHead(status, { 'content-type': 'application/json' });
      response.end(JSON.stringify(body));
    };
    try {
      const path = new URL(request.url ?? '/', 'http://localhost').pathname;
      const isPost = request.method === 'POST';
      const topic = /^\/v1\/projects\/[^/]+\/topics\/([^/:]+):publish$/.exec(path)?.[1];
      const launch = /^\/v1\/launches\/([^/:]+):claim$/.exec(path)?.[1];
      if (isPost && topic !== undefined) {
        answer(200, await publish(bus, topic, await bodyOf(request)));
      } else if (isPost && launch !== undefined) {
        const { execution } = readClaim(await bodyOf(request));
        answer(200, { execution: await claimLaunch(runs, parseLaunchId(launch), execution) });
      } else {
        throw new PhasegateError('not-found', `only ${PUBLISH} and ${CLAIM} are served here`);
      }
    } catch (error) {
      const { code, status } = statusOf(error);
      const message = error instanceof Error ? error.message : String(error);
      answer(code, { error: { code, message, status } });
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

/** Trouble of ours is not the caller's: it may come again. */
function statusOf(error: unknown) {
  if (isKind(error, 'not-found')) return { code: 404, status: 'NOT_FOUND' };
  if (isKind(error, 'invalid-input')) return { code: 400, status: 'INVALID_ARGUMENT' };
  return { code: 503, status: 'UNAVAILABLE' };
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
