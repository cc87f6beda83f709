import { PhasegateError } from '../../core/errors.ts';
import type { Smtp } from '../../edge/cloud-config.ts';
import type { Channel } from './channel.ts';

const ANSWER_MS = 10_000;
const LONGEST_SUBJECT = 150;

/** Mail through an SMTP server; the first line is the subject. */
export function mailChannel({ url, from, to }: Smtp): Channel {
  return async (text) => {
    const { createTransport } = await import('nodemailer');
    const waits = {
      connectionTimeout: ANSWER_MS,
      greetingTimeout: ANSWER_MS,
      socketTimeout: ANSWER_MS,
    };
    const [subject = ''] = text.split('\n', 1);
    const message = { from, to: [...to], subject: subject.slice(0, LONGEST_SUBJECT), text };
    try {
      const transport = createTransport({ url, ...waits });
      await transport.sendMail(message).finally(() => transport.close());
    } catch (error) {
      const why = error instanceof Error && 'code' in error ? String(error.code) : 'no answer';
      throw new PhasegateError('unavailable', `the mail server took no message: ${why}`);
    }
  };
}
