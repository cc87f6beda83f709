import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { routesToAll } from '../../shared/core/alerts/alert-rules.ts';
import { readDefinition, readPipeline } from '../../shared/edge/pipeline-file.ts';

const TINY = readFileSync('test/fixtures/tiny.yaml', 'utf8');
const DIGEST = "{ name: digest, cron: '0 9 * * *', timeZone: UTC, judges: { what: digest }";

function read(alerts: string, monitor = `${DIGEST} }`) {
  const text = `${TINY}\nmonitors:\n  - ${monitor}\n${alerts === '' ? '' : `alerts: ${alerts}\n`}`;
  return readPipeline({ file: 'tiny.yaml', text }, null, () => '');
}

const CHANNELS =
  'chat: { by: slack }, oncall: { by: slack, secret: SLACK_WEBHOOK_URL_ONCALL }, data: { by: mail, to: [a@x.example] }, log: { by: console }';
const ROUTES = 'info: [log], warning: [chat], error: [chat, data], critical: [oncall, data]';
const rules = (channels: string, routes: string | null = null) =>
  `{ channels: { ${channels} }${routes === null ? '' : `, routes: { ${routes} }`} }`;

describe('alerts in a pipeline file', () => {
  it('are read with what is left out, and come back the same from a kept definition', () => {
    const definition = read(rules(CHANNELS, ROUTES));
    expect(definition.pipeline.alerts).toEqual({
      channels: [
        { name: 'chat', by: 'slack', secret: 'SLACK_WEBHOOK_URL' },
        { name: 'oncall', by: 'slack', secret: 'SLACK_WEBHOOK_URL_ONCALL' },
        { name: 'data', by: 'mail', secret: 'SMTP_URL', to: ['a@x.example'] },
        { name: 'log', by: 'console' },
      ],
      routes: {
        info: ['log'],
        warning: ['chat'],
        error: ['chat', 'data'],
        critical: ['oncall', 'data'],
      },
      quietHours: 4,
    });
    expect(readDefinition(definition.text).pipeline).toEqual(definition.pipeline);
  });

  it('are as the page on monitors shows them', () => {
    const [, lines = ''] =
      /```yaml\nalerts:\n([\s\S]*?)```/.exec(readFileSync('docs/monitors.md', 'utf8')) ?? [];
    const { pipeline } = read(`\n${lines}`);
    expect(pipeline.alerts?.routes.critical).toEqual(['oncall', 'data-team']);
  });

  it('without routes go through every channel, and without lines through those that are there', () => {
    const all = routesToAll(['chat', 'oncall', 'data', 'log']);
    expect(read(rules(CHANNELS)).pipeline.alerts?.routes).toEqual(all);
    expect(read('').pipeline.alerts).toBeNull();
  });

  it.each([
    [
      'a channel that a monitor names',
      rules(CHANNELS),
      `${DIGEST}, channel: pager }`,
      'monitor digest: channel pager is not in alerts.channels; accepted: chat, oncall, data, log',
    ],
    [
      'a channel of a monitor, where there are none',
      '',
      `${DIGEST}, channel: chat }`,
      'alerts.channels may declare some',
    ],
    [
      'a route to nowhere',
      rules(CHANNELS, ROUTES.replace('[oncall, data]', '[pager]')),
      undefined,
      'critical: channel pager is not there; accepted: chat',
    ],
    [
      'a severity without a route',
      rules(CHANNELS, ROUTES.replace('info: [log], ', '')),
      undefined,
      'info',
    ],
    [
      'a route of nobody',
      rules(CHANNELS, ROUTES.replace('[log]', '[]')),
      undefined,
      'nobody would hear it',
    ],
    [
      'critical alerts to the console alone',
      rules(CHANNELS, ROUTES.replace('[oncall, data]', '[log]')),
      undefined,
      'critical goes to the console alone: add a channel by slack or mail',
    ],
    ['no channel', '{ channels: {} }', undefined, 'an alert would reach nobody'],
    [
      'a secret of another kind',
      rules('chat: { by: slack, secret: SMTP_URL }'),
      undefined,
      'SLACK_WEBHOOK_URL, or a name that begins with',
    ],
    [
      'an address instead of a secret',
      rules('chat: { by: slack, secret: "https://x" }'),
      undefined,
      'SLACK_WEBHOOK_URL, or a name that begins with',
    ],
    ['a field that is not there', rules('chat: { by: slack, url: x }'), undefined, 'url'],
  ])('with %s are refused', (_, alerts, monitor, problem) => {
    expect(() => read(alerts, monitor)).toThrow(problem);
  });

  it('are refused by all that is wrong at once', () => {
    const wrong = () =>
      read(rules(CHANNELS, ROUTES.replace('[oncall, data]', '[a]').replace('[log]', '[b]')));
    expect(wrong).toThrow('channel a is not there');
    expect(wrong).toThrow('channel b is not there');
  });
});
