import { z } from 'zod';
import type { AlertChannel, AlertRules } from '../core/alerts/alert-rules.ts';
import { PhasegateError } from '../core/errors.ts';

/** A channel with its address, which is secret. */
export type OpenedBy = Readonly<{ name: string }> &
  (
    | Readonly<{ by: 'slack'; webhook: string }>
    | Readonly<{ by: 'mail'; url: string; from: string; to: readonly string[] }>
    | Readonly<{ by: 'console' }>
  );

type Environment = Readonly<Record<string, string | undefined>>;

const webhook = z.url({ protocol: /^https?$/, error: 'is not an http address' });
const smtp = z.url({ protocol: /^smtps?$/, error: 'is not an smtp address' });
const sender = z.email({ error: 'is no e-mail address' });
const readers = z
  .string()
  .transform((text) => text.split(',').flatMap((each) => each.trim() || []))
  .pipe(
    z.array(z.email({ error: 'holds what is no e-mail address' })).min(1, { error: 'is empty' }),
  );

/**
 * The channels of a pipeline, or without its rules those whose address the environment has, with what the environment
 * holds of them.
 *
 * @param lacking what happens to a channel whose secret is not set: it is refused in the cloud, and left out on one machine
 * @throws PhasegateError `invalid-input` listing all that is missing or wrong; no value is told, some are secret
 */
export function readChannels(
  environment: Environment,
  rules: Pick<AlertRules, 'channels'> | null,
  lacking: 'refused' | 'left-out' = 'refused',
): readonly OpenedBy[] {
  const problems = new Set<string>();
  const read = <Value>(name: string, schema: z.ZodType<Value>, needs: string): Value | null => {
    const text = environment[name];
    if (text === undefined) {
      problems.add(`${name} is not set${needs}`);
      return null;
    }
    const result = schema.safeParse(text);
    if (result.success) return result.data;
    problems.add(`${name} ${result.error.issues[0]?.message}`);
    return null;
  };
  const wanted = (rules?.channels ?? channelsIn(environment)).filter(
    (channel) =>
      lacking === 'refused' ||
      channel.by === 'console' ||
      environment[channel.secret] !== undefined,
  );
  const opened = wanted.flatMap((channel): OpenedBy[] => {
    const { name } = channel;
    if (channel.by === 'console') return [{ name, by: 'console' }];
    const needs = rules === null ? '' : `, and channel ${name} needs it`;
    if (channel.by === 'slack') {
      const address = read(channel.secret, webhook, needs);
      return address === null ? [] : [{ name, by: 'slack', webhook: address }];
    }
    const url = read(channel.secret, smtp, needs);
    const from = read('PHASEGATE_MAIL_FROM', sender, needs);
    const to = channel.to ?? read('PHASEGATE_MAIL_TO', readers, needs);
    return url === null || from === null || to === null
      ? []
      : [{ name, by: 'mail', url, from, to }];
  });
  if (wanted.length === 0 && lacking === 'refused') {
    problems.add('SLACK_WEBHOOK_URL or SMTP_URL must be set: an alert would reach nobody');
  }
  if (problems.size === 0) return opened;
  const all = [...problems].join('; ');
  throw new PhasegateError('invalid-input', `the configuration of alerts is wrong: ${all}`);
}

/** Of a pipeline without rules. */
function channelsIn({ SLACK_WEBHOOK_URL, SMTP_URL }: Environment): readonly AlertChannel[] {
  return [
    ...(SLACK_WEBHOOK_URL === undefined
      ? []
      : [{ name: 'slack', by: 'slack', secret: 'SLACK_WEBHOOK_URL' } as const]),
    ...(SMTP_URL === undefined
      ? []
      : [{ name: 'mail', by: 'mail', secret: 'SMTP_URL', to: null } as const]),
  ];
}
