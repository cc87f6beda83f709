import { once } from 'node:events';
import { createServer } from 'node:net';
import { createInterface } from 'node:readline';

export type MailServer = Readonly<{
  urlFor(user: string, password: string): string;
  /** The subjects of the mails that it has taken. */
  taken(): readonly string[];
  accept(doesAccept: boolean): void;
  close(): Promise<void>;
}>;

/** As much of an SMTP server as it takes to log in and hand over a mail: https://www.rfc-editor.org/rfc/rfc5321. */
export async function openMailServer(): Promise<MailServer> {
  const taken: string[] = [];
  let accepts = true;
  const server = createServer((socket) => {
    const say = (line: string) => socket.write(`${line}\r\n`);
    let isInMail = false;
    let header = '';
    say('220 mail');
    socket.on('error', () => socket.destroy());
    createInterface({ input: socket }).on('line', (line) => {
      if (isInMail) {
        header += `${line}\n`;
        if (line !== '.') return;
        isInMail = false;
        taken.push(subjectOf(header));
        header = '';
        return say('250 taken');
      }
      if (line.startsWith('EHLO')) return say('250-mail\r\n250 AUTH PLAIN');
      if (line.startsWith('AUTH')) return say(accepts ? '235 welcome' : '535 wrong');
      if (line === 'DATA') {
        isInMail = true;
        return say('354 go on');
      }
      return say('250 ok');
    });
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('no port was given');
  return {
    urlFor: (user, password) => `smtp://${user}:${password}@127.0.0.1:${address.port}`,
    taken: () => [...taken],
    accept(doesAccept) {
      accepts = doesAccept;
    },
    async close() {
      server.close();
      await once(server, 'close');
    },
  };
}

/** Of a mail of ASCII alone: long headers go on in lines that begin with a blank. */
function subjectOf(mail: string): string {
  return /^Subject: (.*(?:\n[ \t].*)*)/m.exec(mail)?.[1]?.replaceAll(/\n[ \t]/g, ' ') ?? '';
}
