import { once } from 'node:events';
import { createWriteStream } from 'node:fs';
import { mkdtemp, open, rm, stat } from 'node:fs/promises';
import type { IncomingMessage } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { PhasegateError } from '../../../core/errors.ts';

export type Upload = Readonly<{ metadata: unknown; path: string; discard: () => Promise<void> }>;

export async function temporaryFile(): Promise<Omit<Upload, 'metadata'>> {
  const directory = await mkdtemp(join(tmpdir(), 'phasegate-upload-'));
  return {
    path: join(directory, 'file'),
    discard: () => rm(directory, { recursive: true, force: true }),
  };
}

/** Appends a request's body to a file, byte for byte; returns the file's new size. */
export async function appendBody(request: IncomingMessage, path: string): Promise<number> {
  const file = createWriteStream(path, { flags: 'a' });
  for await (const chunk of request) await writeAll(file, chunk);
  await closed(file);
  return (await stat(path)).size;
}

/**
 * A `multipart/related` body: the first part is JSON and kept, the second is bytes and goes to a
 * temporary file as it arrives, never as a whole into memory.
 */
export async function receiveMultipart(request: IncomingMessage): Promise<Upload> {
  const [, boundary] = /boundary="?([^";]+)/.exec(request.headers['content-type'] ?? '') ?? [];
  if (boundary === undefined)
    throw new PhasegateError('invalid-input', 'a multipart upload without boundary');
  const { path, discard } = await temporaryFile();
  const file = createWriteStream(path);
  let head = Buffer.alloc(0);
  let metadata: unknown;
  let isInBytes = false;
  for await (const chunk of request) {
    if (isInBytes) {
      await writeAll(file, chunk);
      continue;
    }
    head = Buffer.concat([head, chunk]);
    const split = splitHead(head, boundary);
    if (split === null) continue;
    metadata = JSON.parse(split.json);
    isInBytes = true;
    await writeAll(file, split.rest);
  }
  await closed(file);
  if (!isInBytes)
    throw new PhasegateError('invalid-input', 'a multipart upload without a second part');
  await cutTrailer(path, boundary);
  return { metadata, path, discard };
}

function splitHead(head: Buffer, boundary: string): { json: string; rest: Buffer } | null {
  const first = head.indexOf('\r\n\r\n');
  const second = first < 0 ? -1 : head.indexOf(`\r\n--${boundary}`, first);
  const bytes = second < 0 ? -1 : head.indexOf('\r\n\r\n', second + 2);
  if (bytes < 0) return null;
  return { json: head.toString('utf8', first + 4, second), rest: head.subarray(bytes + 4) };
}

async function cutTrailer(path: string, boundary: string): Promise<void> {
  const file = await open(path, 'r+');
  try {
    const { size } = await file.stat();
    const length = Math.min(size, boundary.length + 32);
    const tail = Buffer.alloc(length);
    await file.read(tail, 0, length, size - length);
    const at = tail.lastIndexOf(`\r\n--${boundary}--`);
    if (at < 0) throw new PhasegateError('invalid-input', 'a multipart upload that ended early');
    await file.truncate(size - length + at);
  } finally {
    await file.close();
  }
}

async function writeAll(file: NodeJS.WritableStream, chunk: Buffer): Promise<void> {
  if (!file.write(chunk)) await once(file, 'drain');
}

async function closed(file: NodeJS.WritableStream): Promise<void> {
  file.end();
  await once(file, 'close');
}
