import { createServer } from 'node:http';
import { afterAll, beforeAll, beforeEach, expect, it } from 'vitest';
import { alertHandler } from '../../shared/adapters/gcp/alert-handler.ts';
import { channelNotifier } from '../../shared/adapters/gcp/channel-notifier.ts';
import type { Told } from '../../shared/adapters/gcp/firestore-alerts.ts';
import { type MailServer, openMailServer } from './mail-server.ts';
import { close, listening } from './pushed.ts';

const SECRET = 'T0KEN-OF-THE-HOOK';
const PASSWORD = 'pa55-of-mail';
const AT = '2026-01-03T04:00:00.000Z';
const ALERT = {
  messageId: '1',
  data: '{"run":null,"key":"a/b/1","text":"<!channel> 3 < 4 & more"}',
};

let chatAnswers = 200;
let said: string[] = [];
const chat = createServer(async (request, response) => {
  const parts: Buffer[] = [];
  for await (const part of request) parts.push(part as Buffer);
  if (chatAnswers === 200) said.push(JSON.parse(Buffer.concat(parts).toString('utf8')).text);
  response.writeHead(chatAnswers).end('no_service');
});
let mail: MailServer;
let hook = '';

beforeAll(async () => {
  hook = `${await listening(chat)}/services/${SECRET}`;
  mail = await openMailServer();
});
beforeEach(() => {
  chatAnswers = 200;
  said = [];
  mail.accept(true);
});
afterAll(async () => {
  await close(chat);
  await mail.close();
});

/** As the next instance would find it. */
function notify() {
  const known = new Set<string>();
  const told: Told = {
    knows: async (key) => known.has(key),
    keep: async (key) => void known.add(key),
  };
  const smtp = { url: mail.urlFor('u', PASSWORD), from: 'a@example.com', to: ['b@example.com'] };
  const logged: string[] = [];
  const notifier = channelNotifier({ slackWebhook: hook, smtp }, told, () => AT);
  return { logged, handle: alertHandler(notifier, (_, event) => void logged.push(event)) };
}

it('a channel that took an alert does not hear it again because another one did not', async () => {
  const { handle } = notify();
  const before = mail.taken();
  chatAnswers = 404;
  await expect(handle(ALERT)).rejects.toMatchObject({ kind: 'unavailable' });
  await expect(handle(ALERT)).rejects.toMatchObject({ kind: 'unavailable' });
  expect(mail.taken() - before).toBe(1);
  chatAnswers = 200;
  await handle(ALERT);
  await handle(ALERT);
  expect([said.length, mail.taken() - before]).toEqual([1, 1]);
});

it('an alert that no channel takes is in the log all the same, where alert policies count it', async () => {
  const { handle, logged } = notify();
  chatAnswers = 500;
  mail.accept(false);
  await expect(handle(ALERT)).rejects.toMatchObject({ kind: 'unavailable' });
  expect(logged).toEqual(['gate-blocked']);
});

it.each(['chat', 'mail'])('an error of %s tells no secret of the channels', async (broken) => {
  const { handle } = notify();
  if (broken === 'chat') chatAnswers = 500;
  else mail.accept(false);
  const error: unknown = await Promise.resolve(handle(ALERT)).catch((thrown: unknown) => thrown);
  const { message, stack, cause } = error as Error;
  const all = JSON.stringify([message, stack, String(cause)]);
  expect(all).not.toContain(SECRET);
  expect(all).not.toContain(PASSWORD);
});

it('what a message brought along calls nobody in the chat', async () => {
  await notify().handle(ALERT);
  expect(said).toEqual(['&lt;!channel&gt; 3 &lt; 4 &amp; more']);
});
