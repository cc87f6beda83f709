import { createServer } from 'node:http';
import { afterAll, beforeAll, beforeEach, expect, it } from 'vitest';
import { openChannels } from '../../shared/adapters/channels/open-channels.ts';
import { alertHandler } from '../../shared/adapters/gcp/alert-handler.ts';
import { logChannel, logLink } from '../../shared/adapters/gcp/log-channel.ts';
import type { AlertMessage } from '../../shared/core/messages.ts';
import { peopleNotifier } from '../../shared/shell/tell-people.ts';
import { openPeople } from '../fixtures/people.ts';
import { type MailServer, openMailServer } from './mail-server.ts';
import { close, listening } from './pushed.ts';

const SECRET = 'T0KEN-OF-THE-HOOK';
const PASSWORD = 'pa55-of-mail';
const TEXT = '<!channel> 3 < 4 & more';
const ALERT = { messageId: '1', data: JSON.stringify({ run: null, key: 'a/b/1', text: TEXT }) };

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
  const url = mail.urlFor('u', PASSWORD);
  const logged: string[] = [];
  const log = (_: string, event: string) => void logged.push(event);
  const channels = openChannels(
    [
      { name: 'slack', by: 'slack', webhook: hook },
      { name: 'mail', by: 'mail', url, from: 'a@example.com', to: ['b@example.com'] },
    ],
    logChannel(log),
    logLink('my-project'),
  );
  const { people } = openPeople(['slack', 'mail']);
  return { logged, handle: alertHandler(peopleNotifier({ ...people, channels }), log) };
}

it('a channel that took an alert does not hear it again because another one did not, and is told of that once', async () => {
  const { handle } = notify();
  const before = mail.taken().length;
  chatAnswers = 404;
  await expect(handle(ALERT)).rejects.toMatchObject({ kind: 'unavailable' });
  await expect(handle(ALERT)).rejects.toMatchObject({ kind: 'unavailable' });
  const subjects = () => mail.taken().slice(before);
  expect(subjects()).toEqual([
    '[error] <!channel> 3 < 4 & more',
    '[critical] alert channel slack takes no messages: Slack took no message: 404 no_service',
  ]);
  chatAnswers = 200;
  await handle(ALERT);
  await handle(ALERT);
  expect(said.length).toBe(1);
  expect(subjects().slice(2)).toEqual(['[info] alert channel slack takes messages again']);
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
  const all = JSON.stringify([message, stack, String(cause), mail.taken(), said]);
  expect(all).not.toContain(SECRET);
  expect(all).not.toContain(PASSWORD);
});

it('what a message brought along calls nobody in the chat', async () => {
  await notify().handle(ALERT);
  expect(said).toEqual(['&lt;!channel&gt; 3 &lt; 4 &amp; more']);
});

it('a channel by console is one entry of the log with all of it, as loud as the alert', async () => {
  const entries: unknown[] = [];
  const channel = logChannel((...entry) => void entries.push(entry));
  await channel.say({ run: null, key: 'k', text: 'two\nlines', severity: 'critical' });
  expect(entries).toEqual([['CRITICAL', 'alert', 'two\nlines', { run: undefined }]]);
});

it.each([
  ['nba-1', 'labels.run%3D%22nba-1%22'],
  [null, 'severity%3E%3DNOTICE'],
])('the link of an alert of run %j leads to what was logged of it', (run, query) => {
  const [link] = logLink('my-project')({ run, key: 'k', text: 't' } as AlertMessage);
  expect(link).toEqual({ name: 'logs', url: expect.stringContaining(query) });
  expect(new URL(link?.url ?? '').searchParams.get('project')).toBe('my-project');
});
