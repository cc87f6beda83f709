import { createServer } from 'node:http';
import { json } from 'node:stream/consumers';
import { close, listening } from '../cloud/pushed.ts';
import { eventSchema, type ReadEvent } from '../core/lineage/event-schema.ts';

/** A receiver of OpenLineage, as Marquez is: takes what keeps the schema under its path and with its key, and keeps it. */
export async function openReceiver(key: string) {
  const events: ReadEvent[] = [];
  const refused: string[] = [];
  const answers: number[] = [];
  const server = createServer(async (request, response) => {
    const body = await json(request);
    const answer = answers.shift();
    if (answer !== undefined) return response.writeHead(answer).end();
    const isAsked = request.method === 'POST' && request.url === '/api/v1/lineage';
    const read = eventSchema.safeParse(body);
    if (!isAsked || request.headers.authorization !== `Bearer ${key}` || !read.success) {
      refused.push(`${request.url} ${read.error?.message}`);
      return response.writeHead(422).end();
    }
    events.push(read.data);
    return response.writeHead(201).end();
  });
  return {
    url: await listening(server),
    events,
    refused,
    /** What it answers to the next calls, taking nothing. */
    answerNext: (...statuses: readonly number[]) => void answers.push(...statuses),
    close: () => close(server),
  };
}
