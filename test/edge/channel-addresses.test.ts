import { describe, expect, it } from 'vitest';
import type { AlertChannel } from '../../shared/core/alerts/alert-rules.ts';
import { readChannels } from '../../shared/edge/channel-addresses.ts';

const HOOK = 'https://hooks.example/services/T1';
const URL = 'smtp://user:secret@mail.example';
const MAIL = { SMTP_URL: URL, PHASEGATE_MAIL_FROM: 'gate@x.example' };
const CHANNELS: readonly AlertChannel[] = [
  { name: 'chat', by: 'slack', secret: 'SLACK_WEBHOOK_URL' },
  { name: 'oncall', by: 'slack', secret: 'SLACK_WEBHOOK_URL_ONCALL' },
  { name: 'data', by: 'mail', secret: 'SMTP_URL', to: ['data@x.example'] },
  { name: 'log', by: 'console' },
];
const WHOLE = { SLACK_WEBHOOK_URL: HOOK, SLACK_WEBHOOK_URL_ONCALL: `${HOOK}/2`, ...MAIL };

describe('the channels of a pipeline without rules', () => {
  it('are those that the environment has', () => {
    expect(readChannels({ SLACK_WEBHOOK_URL: HOOK }, null)).toEqual([
      { name: 'slack', by: 'slack', webhook: HOOK },
    ]);
    const mail = { ...MAIL, PHASEGATE_MAIL_TO: 'ana@x.example, ben@x.example,' };
    expect(readChannels(mail, null)).toEqual([
      {
        name: 'mail',
        by: 'mail',
        url: URL,
        from: 'gate@x.example',
        to: ['ana@x.example', 'ben@x.example'],
      },
    ]);
  });

  it('are refused where an alert would reach nobody', () => {
    expect(() => readChannels({}, null)).toThrow('SLACK_WEBHOOK_URL or SMTP_URL must be set');
  });

  it('need a sender and a reader for mail', () => {
    const read = () => readChannels({ SMTP_URL: URL }, null);
    expect(read).toThrow('PHASEGATE_MAIL_FROM is not set; PHASEGATE_MAIL_TO is not set');
    expect(read).not.toThrow('secret');
  });

  it('do not repeat a webhook that is wrong: it is a secret', () => {
    const read = () => readChannels({ SLACK_WEBHOOK_URL: 'hooks.slack.example/secret' }, null);
    expect(read).toThrow('SLACK_WEBHOOK_URL is not an http address');
    expect(read).not.toThrow('secret');
  });
});

describe('the channels of a pipeline', () => {
  it('have the addresses that their secrets hold, and readers of their own', () => {
    expect(readChannels(WHOLE, { channels: CHANNELS })).toEqual([
      { name: 'chat', by: 'slack', webhook: HOOK },
      { name: 'oncall', by: 'slack', webhook: `${HOOK}/2` },
      { name: 'data', by: 'mail', url: URL, from: 'gate@x.example', to: ['data@x.example'] },
      { name: 'log', by: 'console' },
    ]);
  });

  it('are refused by all that is missing at once, each with the channel that needs it', () => {
    const read = () => readChannels({ SMTP_URL: 'x' }, { channels: CHANNELS });
    for (const problem of [
      'SLACK_WEBHOOK_URL is not set, and channel chat needs it',
      'SLACK_WEBHOOK_URL_ONCALL is not set, and channel oncall needs it',
      'SMTP_URL is not an smtp address',
      'PHASEGATE_MAIL_FROM is not set, and channel data needs it',
    ]) {
      expect(read).toThrow(problem);
    }
  });

  it('are left out on one machine where their secret is not set, and refused where it is wrong', () => {
    const rules = { channels: CHANNELS };
    const names = (environment: Readonly<Record<string, string>>) =>
      readChannels(environment, rules, 'left-out').map(({ name }) => name);
    expect(names({ SLACK_WEBHOOK_URL: HOOK })).toEqual(['chat', 'log']);
    expect(names({})).toEqual(['log']);
    expect(() => names({ SLACK_WEBHOOK_URL: 'x' })).toThrow('SLACK_WEBHOOK_URL is not');
  });
});
