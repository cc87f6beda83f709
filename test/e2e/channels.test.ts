import { readFileSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { LocalWorld } from '../../shared/adapters/local/local-world.ts';
import { openLocalWorld } from '../../shared/adapters/local/world.ts';
import { readDefinitionFiles } from '../../shared/adapters/pipeline-files.ts';
import { PhasegateError } from '../../shared/core/errors.ts';
import { close, listening } from '../cloud/pushed.ts';
import { emptyDirectory, phasegate } from './phasegate.ts';

const PATIENCE_MS = 60_000;
const LINES = `
monitors:
  - { name: channels, cron: '0 9 * * 1', timeZone: UTC, judges: { what: channels } }
alerts:
  channels:
    chat: { by: slack }
    oncall: { by: slack, secret: SLACK_WEBHOOK_URL_ONCALL }
`;

describe('the channels of a local world', () => {
  const base = emptyDirectory();
  const directory = join(base, 'world');
  const pipeline = join(base, 'tiny.yaml');
  const place = ['--world', `local:${directory}`, '--pipeline', pipeline];
  let status = 200;
  const chat = createServer(async (request, response) => {
    const parts: Buffer[] = [];
    for await (const part of request) parts.push(part as Buffer);
    response.writeHead(status).end();
    if (status === 200) hear('chat', JSON.parse(Buffer.concat(parts).toString('utf8')).text);
  });
  const heard: string[] = [];
  const waiting: (() => void)[] = [];
  const hear = (where: string, text: string) => {
    heard.push(`${where}: ${text.split('\n')[0]}`);
    for (const wake of waiting.splice(0)) wake();
  };
  /** Waits until this was heard. */
  const saw = async (what: string): Promise<void> => {
    while (!heard.some((each) => each.includes(what))) {
      await new Promise<void>((wake) => waiting.push(wake));
    }
  };
  let hook = '';
  let world: LocalWorld;

  const open = (environment: Readonly<Record<string, string>>) =>
    openLocalWorld({
      directory,
      definition: readDefinitionFiles({ pipeline }),
      anyDefinition: false,
      launches: true,
      jobCommand: ['false'],
      environment,
      onPage: (text) => hear('here', text),
    });

  beforeAll(async () => {
    writeFileSync(pipeline, readFileSync('test/fixtures/tiny.yaml', 'utf8') + LINES);
    hook = await listening(chat);
    world = await open({ SLACK_WEBHOOK_URL: hook });
  });
  afterAll(async () => {
    await close(chat);
  });

  it(
    'hear every alert here and where the environment has an address, and one that is dead is told of here',
    async () => {
      status = 404;
      await world.bus.publish('phasegate-alerts', { run: null, key: 'k', text: 'a gate is shut' });
      await saw('here: alert channel chat takes no messages: Slack took no message: 404');
      status = 200;
      await saw('chat: a gate is shut');
      await saw('here: alert channel chat takes messages again');
      expect(heard.filter((each) => each === 'here: a gate is shut').length).toBe(1);
      expect(heard.filter((each) => each.includes('takes no messages')).length).toBe(1);
      const pages = readFileSync(join(directory, 'pages.log'), 'utf8');
      expect(pages).toContain('a gate is shut');
    },
    PATIENCE_MS,
  );

  it(
    'are tested end to end by their monitor, and health says who took it and sends nothing',
    async () => {
      await world.bus.publish('phasegate-monitor-due', {
        pipeline: 'tiny',
        monitor: 'channels',
      });
      await saw('chat: channels: a test of this channel');
      await saw('here: channels: a test of this channel');
      await world.close();
      const before = heard.length;
      const { code, stdout } = await phasegate('health', 'channels', ...place);
      expect(stdout).toMatch(/channels {2}PASS {2}2 of 2 channels took the test of/);
      expect(code).toBe(0);
      expect(heard.length).toBe(before);
    },
    PATIENCE_MS,
  );

  it('with an address that is wrong keep the world from starting, and are not repeated', async () => {
    const error: unknown = await open({ SLACK_WEBHOOK_URL: 'hooks/secret' }).catch(
      (thrown) => thrown,
    );
    expect(error).toBeInstanceOf(PhasegateError);
    expect(String(error)).toContain('SLACK_WEBHOOK_URL is not an http address');
    expect(String(error)).not.toContain('secret');
  });
});
