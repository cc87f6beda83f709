import { createServer, type Http2Session } from 'node:http2';
import type { AddressInfo } from 'node:net';
import { buffer } from 'node:stream/consumers';
import { protos } from '@google-cloud/pubsub';

export type Published = Readonly<{
  topic: string;
  text: string;
  attributes: Readonly<Record<string, string>>;
}>;

const { PublishRequest, PublishResponse } = protos.google.pubsub.v1;
const UNIMPLEMENTED = '12';
/** A message with the instant `seconds: 1`, https://protobuf.dev/programming-guides/encoding. */
const AN_INSTANT = Buffer.from([0x08, 0x01]);

/**
 * A Firestore that holds nothing and forgets what it takes, and a Pub/Sub that keeps what is published: as much of
 * both as the official clients need to look one document up, write one and publish.
 */
export async function openGrpcServer() {
  const published: Published[] = [];
  const sessions = new Set<Http2Session>();
  const answers: Readonly<Record<string, (request: Buffer) => Uint8Array>> = {
    '/google.firestore.v1.Firestore/BatchGetDocuments': (request) =>
      Buffer.concat([field(2, secondField(request)), field(4, AN_INSTANT)]),
    '/google.firestore.v1.Firestore/Commit': () =>
      Buffer.concat([field(1, field(1, AN_INSTANT)), field(2, AN_INSTANT)]),
    '/google.pubsub.v1.Publisher/Publish'(request) {
      const { topic, messages } = PublishRequest.decode(request);
      for (const { data, attributes } of messages) {
        const text = Buffer.from(data as Uint8Array).toString('utf8');
        published.push({ topic, text, attributes: { ...attributes } });
      }
      return PublishResponse.encode({ messageIds: messages.map((_, n) => `${n}`) }).finish();
    },
  };
  const server = createServer();
  server.on('session', (session) => sessions.add(session));
  server.on('stream', async (stream, headers) => {
    const request = await buffer(stream);
    const answer = answers[String(headers[':path'])]?.(request.subarray(5));
    stream.respond(
      { ':status': 200, 'content-type': 'application/grpc' },
      { waitForTrailers: true },
    );
    const status = answer === undefined ? UNIMPLEMENTED : '0';
    stream.on('wantTrailers', () => stream.sendTrailers({ 'grpc-status': status }));
    stream.end(answer === undefined ? undefined : framed(answer));
  });
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
  return {
    host: `127.0.0.1:${(server.address() as AddressInfo).port}`,
    published,
    close: () =>
      new Promise<void>((done) => {
        server.close(() => done());
        for (const session of sessions) session.destroy();
      }),
  };
}

/** As gRPC sends a message: not compressed, its length, itself. */
function framed(message: Uint8Array): Buffer {
  const head = Buffer.alloc(5);
  head.writeUInt32BE(message.length, 1);
  return Buffer.concat([head, message]);
}

/** A field of bytes, shorter than 16 KB. */
function field(number: number, bytes: Uint8Array): Buffer {
  const length =
    bytes.length < 128 ? [bytes.length] : [(bytes.length & 127) | 128, bytes.length >> 7];
  return Buffer.concat([Buffer.from([(number << 3) | 2, ...length]), bytes]);
}

/** The bytes of field 2 where it follows field 1, both shorter than 128 bytes. */
function secondField(message: Buffer): Buffer {
  const second = 2 + (message[1] ?? 0);
  return message.subarray(second + 2, second + 2 + (message[second + 1] ?? 0));
}
