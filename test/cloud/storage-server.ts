import { createServer, type IncomingMessage } from 'node:http';
import { CRC32C } from '@google-cloud/storage';
import { close, listening } from './pushed.ts';

export type StorageServer = Readonly<{
  url: string;
  /** Puts an object there that was last changed then. */
  hold(bucket: string, name: string, content: string, updated: string): void;
  close(): Promise<void>;
}>;

type Held = Readonly<{ content: Buffer; updated: string }>;

/**
 * As much of Cloud Storage's JSON API as the official client needs to create an object once, read it and list:
 * https://cloud.google.com/storage/docs/json_api/v1/objects. Pages of 2, so that every list has several.
 *
 * @param mayReplace whether who writes has more than the roles to create and to read objects
 * @param mayList whether who asks may list objects
 * @param lacks a bucket that is not there
 */
export async function openStorageServer({
  mayReplace = true,
  mayList = true,
  lacks = '',
} = {}): Promise<StorageServer> {
  const objects = new Map<string, Held>();
  const server = createServer(async (request, response) => {
    const { pathname, searchParams } = new URL(request.url ?? '/', 'http://localhost');
    const send = (status: number, body: unknown) => {
      response.writeHead(status, { 'content-type': 'application/json' });
      response.end(JSON.stringify(body));
    };
    const fail = (code: number, message: string) => send(code, { error: { code, message } });
    const body = await bodyOf(request);
    const [, bucket = '', name] = /\/b\/([^/]+)\/o(?:\/(.+))?$/.exec(pathname) ?? [];
    const key = (object: string) => `${bucket}/${object}`;
    if (request.method === 'POST') {
      const { metadata, content } = multipart(request, body);
      const object = metadata.name ?? searchParams.get('name') ?? '';
      if (!mayReplace && objects.has(key(object))) return fail(403, 'storage.objects.delete');
      if (searchParams.get('ifGenerationMatch') === '0' && objects.has(key(object))) {
        return fail(412, 'conditionNotMet');
      }
      const held = { content, updated: new Date().toISOString() };
      objects.set(key(object), held);
      return send(200, resource(bucket, object, held));
    }
    if (name !== undefined) {
      const held = objects.get(key(decodeURIComponent(name)));
      if (held === undefined) return fail(404, 'No such object');
      if (searchParams.get('alt') !== 'media') {
        return send(200, resource(bucket, decodeURIComponent(name), held));
      }
      response.writeHead(200, { 'x-goog-hash': `crc32c=${crc32c(held.content)}` });
      return response.end(held.content);
    }
    if (bucket === lacks) return fail(404, 'The specified bucket does not exist.');
    if (!mayList) return fail(403, 'does not have storage.objects.list access');
    const prefix = key(searchParams.get('prefix') ?? '');
    const names = [...objects.keys()].filter((each) => each.startsWith(prefix)).sort();
    const from = Number(searchParams.get('pageToken') ?? 0);
    const items = names.slice(from, from + 2).map((each) => {
      return resource(bucket, each.slice(bucket.length + 1), objects.get(each) as Held);
    });
    const more = from + 2 < names.length ? { nextPageToken: String(from + 2) } : {};
    send(200, { kind: 'storage#objects', items, ...more });
  });
  return {
    url: await listening(server),
    hold: (bucket, name, content, updated) =>
      void objects.set(`${bucket}/${name}`, { content: Buffer.from(content), updated }),
    close: () => close(server),
  };
}

function resource(bucket: string, name: string, { content, updated }: Held) {
  const size = String(content.length);
  const sum = crc32c(content);
  return { kind: 'storage#object', bucket, name, size, updated, generation: '1', crc32c: sum };
}

function crc32c(content: Buffer): string {
  const sum = new CRC32C();
  sum.update(content);
  return sum.toString();
}

function multipart(request: IncomingMessage, body: Buffer) {
  const type = request.headers['content-type'] ?? '';
  const boundary = /boundary="?([^";]+)/.exec(type)?.[1];
  if (boundary === undefined) throw new Error(`not multipart: ${type}`);
  const mark = Buffer.from(`--${boundary}`);
  const starts: number[] = [];
  for (let at = body.indexOf(mark); at >= 0; at = body.indexOf(mark, at + 1)) starts.push(at);
  const part = (n: number) => {
    const whole = body.subarray((starts[n] ?? 0) + mark.length + 2, (starts[n + 1] ?? 0) - 2);
    return whole.subarray(whole.indexOf('\r\n\r\n') + 4);
  };
  return {
    metadata: JSON.parse(part(0).toString('utf8')) as { name?: string },
    content: part(1),
  };
}

async function bodyOf(request: AsyncIterable<Buffer>): Promise<Buffer> {
  const parts: Buffer[] = [];
  for await (const part of request) parts.push(part);
  return Buffer.concat(parts);
}
