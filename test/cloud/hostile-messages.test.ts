import fc from 'fast-check';
import { afterAll, beforeAll, beforeEach, expect, it } from 'vitest';
import { cronerCrons } from '../../shared/adapters/croner-crons.ts';
import type { PubsubBus } from '../../shared/adapters/gcp/pubsub-bus.ts';
import { pushHandler } from '../../shared/adapters/gcp/push-handler.ts';
import { handlersOf } from '../../shared/adapters/handlers.ts';
import { deadPiles } from '../../shared/adapters/local/dead-piles.ts';
import { localScheduler } from '../../shared/adapters/local/local-scheduler.ts';
import { sqliteAlertMemory } from '../../shared/adapters/local/sqlite-alert-memory.ts';
import { openStateFile } from '../../shared/adapters/local/sqlite-file.ts';
import { sqliteMonitorStore } from '../../shared/adapters/local/sqlite-monitor-store.ts';
import { monitorHandler } from '../../shared/adapters/monitor-handler.ts';
import { parseDaySet } from '../../shared/core/day-set.ts';
import { tablesOf } from '../../shared/core/pipeline.ts';
import { TOPICS, type Topic } from '../../shared/ports/bus.ts';
import { record } from '../../shared/shell/drain.ts';
import { calendarOf, RUN, requestOf } from '../core/build.ts';
import { openSteppingWorld, type SteppingWorld } from '../fixtures/stepping-world.ts';
import { TINY, TINY_RANGE } from '../fixtures/tiny-warehouse.ts';
import { hostileMessages, pushed } from './hostile-messages.ts';

type Sent = Readonly<{ topic: string; text: string; attributes: Readonly<Record<string, string>> }>;

const AT = '2026-01-03T04:00:00.000Z';
const table = tablesOf(TINY.pipeline)[0]?.name ?? '';
let stepping: SteppingWorld;
let sent: Sent[] = [];
/** Takes every message and delivers none. */
const bus: PubsubBus = {
  publish: async (topic, body) => {
    sent.push({ topic, text: JSON.stringify(body), attributes: {} });
    return '1';
  },
  publishText: async (topic, text, attributes) => {
    sent.push({ topic, text, attributes });
    return '1';
  },
};
let handle: (topic: Topic, event: unknown) => Promise<void>;
const died = () => sent.filter(({ topic }) => topic.includes('-dead'));
const alerts = () => sent.filter(({ topic }) => topic === 'phasegate-alerts');

beforeAll(async () => {
  stepping = await openSteppingWorld(TINY);
  const { world } = stepping;
  await world.runs.saveDefinition(TINY.hash, TINY.text);
  const request = requestOf(TINY.pipeline, TINY_RANGE);
  const events = [
    { type: 'run-requested', run: RUN, request, definition: TINY.hash, by: '', reason: '', at: AT },
    {
      type: 'outcomes-read',
      round: 1,
      calendar: calendarOf('2022-01-01..2022-01-10'),
      outcomes: { [table]: { NEVER_RAN: parseDaySet('2022-01-01..2022-01-10') } },
      at: AT,
    },
    { type: 'launch-confirmed', table, attempt: 1, execution: 'x', at: AT },
  ] as const;
  for (const [n, event] of events.entries()) await record(world, RUN, `e${n}`, event as never);
  const db = openStateFile(':memory:');
  const crons = cronerCrons;
  const handlers = {
    ...handlersOf(world, () => TINY),
    'phasegate-monitor-due': monitorHandler({
      ...world,
      monitors: sqliteMonitorStore(db),
      files: { newest: async () => null },
      dead: deadPiles(() => []),
      crons,
      scheduler: localScheduler(db, TINY.pipeline, { bus, crons, now: world.now }),
      alsoExpected: [],
      definitionNow: () => TINY,
      alerts: sqliteAlertMemory(db),
      testMs: 0,
    }),
  };
  const place = { bus, environment: '', log: () => undefined };
  handle = (topic, event) => pushHandler(place, topic, handlers[topic])(event);
});
beforeEach(() => {
  sent = [];
});
afterAll(() => stepping.close());

/** All that is known of all runs. */
async function everything(): Promise<string> {
  const { runs } = stepping.world;
  const names = await runs.list();
  const whole = names.map(async (run) => [await runs.load(run), await runs.facts(run)]);
  return JSON.stringify([await Promise.all(whole), await runs.locks()]);
}

it('10,000 hostile messages change nothing, crash nothing, and each dies once, with a reason', async () => {
  const before = await everything();
  expect(before).toContain('"tag":"running"');
  const messages = fc.sample(hostileMessages(RUN, table), { numRuns: 10_000, seed: 5 });
  for (const { topic, event } of messages) await handle(topic, event);
  expect(await everything()).toBe(before);
  expect(died().length).toBe(messages.length);
  expect(died().filter(({ attributes }) => (attributes.reason ?? '') === '')).toEqual([]);
  const causes = new Set(alerts().map(({ text }) => JSON.parse(text).key));
  expect(causes.size).toBeLessThan(40 * TOPICS.length);
}, 120_000);

it('a message of attributes only dies for having no body', async () => {
  await handle('phasegate-start', { message: { messageId: '7', attributes: { run: 'x' } } });
  expect(died()).toMatchObject([
    { topic: 'phasegate-start-dead', attributes: { reason: 'the message has no body' } },
  ]);
});

it('a message of 10 MB dies with what fits of it', async () => {
  await handle('phasegate-start', pushed('8', 'x'.repeat(10_000_000)));
  expect(died()[0]?.text.length).toBe(1_000_000);
  expect(died()[0]?.attributes.reason).toContain('10000000');
});

it('many messages that die of one cause are one alert', async () => {
  for (let n = 0; n < 20; n++) {
    await handle('phasegate-start', pushed(`9-${n}`, JSON.stringify({ [`field${n}`]: n })));
  }
  expect(died().length).toBe(20);
  expect(new Set(alerts().map(({ text }) => JSON.parse(text).key)).size).toBe(1);
});

it('what Pub/Sub did not push is refused, and nothing is kept of it', async () => {
  await expect(handle('phasegate-start', { hello: 'world' })).rejects.toThrow('Pub/Sub');
  expect(sent).toEqual([]);
});

it('only a message that is nothing but a canary is acknowledged without being handled', async () => {
  const data = (text: string) => Buffer.from(text).toString('base64');
  const attributes = { canary: 'v1' };
  const push = (text: string) => ({ message: { messageId: '10', attributes, data: data(text) } });
  await handle('phasegate-start', push('{"canary":"v1"}'));
  expect(sent).toEqual([]);
  await handle('phasegate-start', push('{"pipeline":"nba"}'));
  expect(died()).toMatchObject([{ attributes: { reason: expect.stringContaining('from') } }]);
});
