import { once } from 'node:events';
import { createServer as createHttp, type RequestListener } from 'node:http';
import { type AddressInfo, createServer as createTcp, type Socket } from 'node:net';
import { inspect } from 'node:util';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { deploy } from '../../shared/adapters/gcp/deployed.ts';
import { ABSENT, firestoreEmulator } from './emulators.ts';
import { openGrpcServer } from './grpc-server.ts';
import { pushed } from './hostile-messages.ts';
import { tokenOf } from './iam-front.ts';

const SECRET = 'xoxb-1234567890';
const PASSWORD = 'p4ss-w0rd-of-mail';
const OPERATOR = 'ana@local.example';
const ALERT = JSON.stringify({ run: null, key: 'k', text: 'a gate is blocked' });

let state: Awaited<ReturnType<typeof openGrpcServer>>;
const written: string[] = [];
const closing: (() => void)[] = [];

beforeAll(async () => {
  state = await openGrpcServer();
  vi.stubEnv('PUBSUB_EMULATOR_HOST', state.host);
  for (const stream of [process.stdout, process.stderr]) {
    vi.spyOn(stream, 'write').mockImplementation((text) => written.push(String(text)) > 0);
  }
});
afterAll(async () => {
  vi.restoreAllMocks();
  vi.unstubAllEnvs();
  for (const close of closing) close();
  await state.close();
});

const environment = (channels: Readonly<Record<string, string>>) => ({
  PHASEGATE_PROJECT: 'local',
  PHASEGATE_REGION: 'us-central1',
  PHASEGATE_LOCATION: 'US',
  PHASEGATE_PIPELINE: 'test/fixtures/tiny.yaml',
  PHASEGATE_DATABASE: '(default)',
  PHASEGATE_EVIDENCE_BUCKET: 'evidence-of-tests',
  PHASEGATE_API: 'http://127.0.0.1:1',
  PHASEGATE_VERSION: 'test',
  PHASEGATE_OPERATORS: OPERATOR,
  FIRESTORE_EMULATOR_HOST: state.host,
  ...channels,
});

/** A server on this machine; what it is asked is kept where nobody logs it. */
async function http(answer: RequestListener): Promise<string> {
  const server = createHttp(answer).listen(0, '127.0.0.1');
  await once(server, 'listening');
  closing.push(() => server.close().closeAllConnections());
  return `127.0.0.1:${(server.address() as AddressInfo).port}`;
}

async function tcp(talk: (socket: Socket) => void): Promise<string> {
  const sockets = new Set<Socket>();
  const server = createTcp((socket) => {
    sockets.add(socket);
    socket.on('error', () => socket.destroy());
    talk(socket);
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  closing.push(() => {
    server.close();
    for (const socket of sockets) socket.destroy();
  });
  return `127.0.0.1:${(server.address() as AddressInfo).port}`;
}

/** As refusing pages do: they name what was asked for. */
const echoing = (status: number) =>
  http((request, response) => {
    response.writeHead(status, { 'x-asked': request.url }).end(`${request.url} was not found`);
  });
const closed = () => http((_, response) => void response.writeHead(404).end('no_service'));
const silent = () => tcp(() => undefined);
const gone = async () => {
  const server = createTcp().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  server.close();
  await once(server, 'close');
  return `127.0.0.1:${port}`;
};

/** A mail server that refuses whoever logs in, and repeats to them what they said. */
const suspicious = () =>
  tcp((socket) => {
    socket.write('220 mail\r\n');
    socket.on('data', (bytes) => {
      const line = bytes.toString('utf8').trim();
      if (line.startsWith('EHLO')) socket.write('250-mail\r\n250 AUTH PLAIN\r\n');
      else if (line.startsWith('AUTH')) socket.write(`535 no: ${line} ${open(line)}\r\n`);
      else socket.write('221 bye\r\n');
    });
  });
const open = (line: string) =>
  Buffer.from(line.split(' ').at(-1) ?? '', 'base64')
    .toString('utf8')
    .replaceAll('\0', ' ');

const slack = (scheme: string, host: string, user = '') => ({
  SLACK_WEBHOOK_URL: `${scheme}://${user}${host}/services/T1/B1/${SECRET}`,
});
const mail = (scheme: string, host: string, password = PASSWORD) => ({
  SMTP_URL: `${scheme}://phasegate:${password}@${host}`,
  PHASEGATE_MAIL_FROM: 'phasegate@local.example',
  PHASEGATE_MAIL_TO: OPERATOR,
});

/** The secrets of this file that stand somewhere in what this shows, its causes and its hidden parts included. */
function secretsIn(shown: unknown, ...more: readonly string[]): readonly string[] {
  const text = typeof shown === 'string' ? shown : inspect(shown, { depth: 20, showHidden: true });
  const login = Buffer.from(`\0phasegate\0${PASSWORD}`).toString('base64');
  return [SECRET, PASSWORD, login, ...more].filter((secret) => text.includes(secret));
}

async function troubleOf(work: () => unknown): Promise<unknown> {
  try {
    await work();
    return null;
  } catch (error) {
    return error;
  }
}

/** What an alert that cannot be told is answered with. */
const tell = (channels: Readonly<Record<string, string>>, id: string) =>
  troubleOf(() =>
    deploy(environment(channels), 'notify').onPush('phasegate-alerts', pushed(id, ALERT)),
  );

describe.concurrent('an alert that a channel does not take', () => {
  it.each([
    ['a webhook that is not known', async () => slack('http', await echoing(404)), '404'],
    ['a webhook whose server is ill', async () => slack('http', await echoing(500)), '500'],
    ['a webhook that Slack closed', async () => slack('http', await closed()), '404 no_service'],
    ['a webhook where nobody listens', async () => slack('http', await gone()), 'ECONNREFUSED'],
    ['a webhook that never answers', async () => slack('http', await silent()), 'TimeoutError'],
    ['a webhook that speaks no TLS', async () => slack('https', await echoing(404)), 'SSL'],
    ['a webhook with a password', async () => slack('http', await echoing(404), 'me:pw@'), 'Slack'],
    ['a mail server where nobody listens', async () => mail('smtp', await gone()), 'ESOCKET'],
    ['a mail server that never answers', async () => mail('smtp', await silent()), 'ETIMEDOUT'],
    ['a mail server that speaks no TLS', async () => mail('smtps', await echoing(404)), 'ESOCKET'],
    ['a mail server that refuses us', async () => mail('smtp', await suspicious()), 'EAUTH'],
    ['a mail address that cannot be read', async () => mail('smtp', 'a%20b'), 'mail server'],
  ])(
    'because of %s is thrown, and no secret with it',
    async (what, channels, why) => {
      const trouble = await tell(await channels(), what);
      expect(trouble).toMatchObject({ kind: 'unavailable', message: expect.stringContaining(why) });
      expect(secretsIn(trouble)).toEqual([]);
      expect(written.join('')).toContain(`phasegate-alerts ${what}: `);
    },
    30_000,
  );
});

describe('no secret is told', () => {
  it('by an environment that is wrong', async () => {
    const wrong = [
      { SLACK_WEBHOOK_URL: SECRET },
      { ...mail('http', 'mail.example') },
      { ...mail('smtp', 'mail.example'), PHASEGATE_MAIL_TO: PASSWORD },
    ];
    for (const channels of wrong) {
      const trouble = await troubleOf(() => deploy(environment(channels), 'notify'));
      expect(trouble).toMatchObject({ kind: 'invalid-input' });
      expect(secretsIn(trouble)).toEqual([]);
    }
  });

  it('by the death of an alert that cannot be read, which is kept with its reason', async () => {
    const channels = { ...slack('http', await echoing(404)), ...mail('smtp', await suspicious()) };
    const { onPush } = deploy(environment(channels), 'notify');
    await onPush('phasegate-alerts', pushed('unreadable', '{"run":7}'));
    const dead = state.published.filter(({ topic }) => topic.endsWith('phasegate-alerts-dead'));
    expect(dead).toMatchObject([{ text: '{"run":7}', attributes: { messageId: 'unreadable' } }]);
  });

  it('by an alert that people are told', async () => {
    const heard: string[] = [];
    const server = await http(async (request, response) => {
      for await (const part of request) heard.push(String(part));
      response.end('ok');
    });
    expect(await tell(slack('http', server), 'told')).toBeNull();
    expect(heard.map((body) => JSON.parse(body).text)).toEqual(['a gate is blocked']);
  });

  const START = '{"pipeline":"tiny","from":"2022-01-01","to":"2022-01-10"}';
  const callerOf = (places: Readonly<Record<string, string>>) => {
    const { onRequest } = deploy({ ...environment({}), ...places }, 'api');
    return async (token: string, method: string, path: string, body = '') => {
      const headers = { authorization: `Bearer ${token}` };
      const answer = await onRequest({ method, path, headers, body });
      return { answer, leaked: secretsIn(answer, token, ...token.split('.')) };
    };
  };

  it('of a caller by any answer, also where the state store is gone', async () => {
    const ask = callerOf({});
    const operator = tokenOf(OPERATOR);
    const answers = [
      await ask(`${operator.slice(0, -3)}xyz`, 'GET', '/v1/runs'),
      await ask(tokenOf('eve@local.example'), 'GET', '/v1/runs'),
      await ask(operator, 'GET', '/v1/nothing'),
      await ask(operator, 'POST', '/v1/runs', '{'),
      await ask(operator, 'GET', '/v1/runs'),
      await ask(operator, 'POST', '/v1/runs', START),
    ];
    expect(answers.map(({ answer }) => answer.status)).toEqual([401, 403, 404, 400, 503, 503]);
    expect(answers.flatMap(({ leaked }) => leaked)).toEqual([]);
    expect(secretsIn(written.join(''), ...operator.split('.'))).toEqual([]);
  });

  it('of a caller by the message that is sent for them, which says who they are', async (context) => {
    const emulator = await firestoreEmulator();
    if (emulator === null) return context.skip(ABSENT);
    closing.push(() => void emulator.stop());
    const operator = tokenOf(OPERATOR);
    const ask = callerOf({ FIRESTORE_EMULATOR_HOST: emulator.host });
    const { answer, leaked } = await ask(operator, 'POST', '/v1/runs', START);
    expect([answer.status, leaked]).toEqual([202, []]);
    const asked = state.published.filter(({ topic }) => topic.endsWith('phasegate-start'));
    expect(asked.map(({ text }) => JSON.parse(text).requestedBy)).toEqual([OPERATOR]);
    expect(secretsIn(asked, ...operator.split('.'))).toEqual([]);
    expect(secretsIn(written.join(''), ...operator.split('.'))).toEqual([]);
  });

  it('by any line that was logged, or any message that was published', () => {
    expect(written.length).toBeGreaterThan(10);
    expect(secretsIn(written.join(''))).toEqual([]);
    expect(secretsIn(state.published)).toEqual([]);
  });
});
