import { partsOf } from '../../core/alerts/alert-parts.ts';
import { PhasegateError } from '../../core/errors.ts';
import type { Channel } from '../../ports/channel.ts';
import { type LinksOf, linkLines } from './alert-links.ts';

/** A mail server, and who writes to whom. */
export type Smtp = Readonly<{ url: string; from: string; to: readonly string[] }>;

const ANSWER_MS = 10_000;
const LONGEST_SUBJECT = 150;

/** Mail through an SMTP server: how loud and what in the subject, all of it in the text. */
export function mailChannel({ url, from, to }: Smtp, linksOf: LinksOf): Channel {
  return {
    async say(alert) {
      const { createTransport } = await import('nodemailer');
      const waits = {
        connectionTimeout: ANSWER_MS,
        greetingTimeout: ANSWER_MS,
        socketTimeout: ANSWER_MS,
      };
      const subject = `[${alert.severity ?? 'error'}] ${partsOf(alert).title}`;
      const links = linkLines(linksOf(alert));
      const message = {
        from,
        to: [...to],
        subject: subject.replaceAll(/\s+/g, ' ').slice(0, LONGEST_SUBJECT),
        text: links.length === 0 ? alert.text : [alert.text, '', ...links].join('\n'),
      };
      try {
        const transport = createTransport({ url, ...waits });
        await transport.sendMail(message).finally(() => transport.close());
      } catch (error) {
        const why = error instanceof Error && 'code' in error ? String(error.code) : 'no answer';
        throw new PhasegateError('unavailable', `the mail server took no message: ${why}`);
      }
    },
  };
}
