import { PubSub } from '@google-cloud/pubsub';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { deploy } from '../../shared/adapters/gcp/deployed.ts';
import { cloudLog } from '../../shared/adapters/gcp/log.ts';
import { otlpSpans } from '../../shared/adapters/gcp/otlp-spans.ts';
import { type PubsubBus, pubsubBus } from '../../shared/adapters/gcp/pubsub-bus.ts';
import { pushHandler } from '../../shared/adapters/gcp/push-handler.ts';
import { PhasegateError } from '../../shared/core/errors.ts';
import type { Handler, Topic } from '../../shared/ports/bus.ts';
import { deployedEnvironment } from '../bench/cloud/place.ts';
import { openGrpcServer } from './grpc-server.ts';
import { type CollectedSpan, type Collector, openCollector } from './trace-collector.ts';

const SECRET = 'hunter2-of-spans';
const RUN = 'nba-20220101-20220110-0123abcd';
let pubsub: Awaited<ReturnType<typeof openGrpcServer>>;
let client: PubSub;
let bus: PubsubBus;
let collector: Collector;
let lines: string[];

beforeAll(async () => {
  pubsub = await openGrpcServer();
  client = new PubSub({ projectId: 'local', apiEndpoint: pubsub.host, emulatorMode: true });
  bus = pubsubBus(async () => client, '');
});
beforeEach(async () => {
  pubsub.published.length = 0;
  lines = [];
  collector = await openCollector();
  return () => collector.close();
});
afterAll(async () => {
  await client.close();
  await pubsub.close();
});

type Pushed = Readonly<{ id: string; text: string; attributes: Readonly<Record<string, string>> }>;

/** One delivery to a function, as infra has it behind its topic. */
function push(name: string, topic: Topic, { id, ...sent }: Pushed, handler: Handler) {
  const place = { collector: collector.url, project: 'local', environment: 'test', version: 'v1' };
  const log = cloudLog('local', (line) => void lines.push(line));
  const spans = otlpSpans(place, name, log, 200);
  const data = Buffer.from(sent.text).toString('base64');
  const message = { data, attributes: { ...sent.attributes } };
  return pushHandler(
    { bus, environment: '', log, spans },
    topic,
    handler,
  )({ id, data: { message } });
}

/** Delivers a start and all that follows from it: two gates, one of which publishes a launch. */
async function chain(): Promise<void> {
  const about = { run: RUN, secret: SECRET };
  const start = { id: '1', text: `{"smtp":"${SECRET}"}`, attributes: {} };
  await push('start-run', 'phasegate-start', start, async () => {
    await bus.publish('phasegate-gate-requested', { ...about, table: 'analytics.a' });
    await bus.publish('phasegate-gate-requested', { ...about, table: 'analytics.b' });
  });
  const gates = pubsub.published.splice(0);
  for (const [n, gate] of gates.entries()) {
    await push(
      'validation-gate',
      'phasegate-gate-requested',
      { id: `g${n}`, ...gate },
      async () => {
        if (n === 0) return;
        await bus.publish('phasegate-launch-requested', { ...about, launch: `${RUN}.x.1` });
      },
    );
  }
  const [launch] = pubsub.published.splice(0);
  if (launch === undefined) throw new Error('no launch was asked for');
  await push('launch-phase', 'phasegate-launch-requested', { id: 'l1', ...launch }, async () => {});
}

const start = { id: '1', text: '{}', attributes: {} };
const handled = (handler: Handler) => push('start-run', 'phasegate-start', start, handler);
const only = (): CollectedSpan => {
  const [span, ...more] = collector.spans;
  if (span === undefined || more.length > 0) throw new Error(`${collector.spans.length} spans`);
  return span;
};

describe('the spans of messages', () => {
  it('are one tree: what handles a message is a child of what published it', async () => {
    await chain();
    const [first, gateA, gateB, launch] = collector.spans;
    expect(collector.spans.map(({ name }) => name)).toEqual([
      'start-run',
      'validation-gate',
      'validation-gate',
      'launch-phase',
    ]);
    expect(new Set(collector.spans.map(({ traceId }) => traceId)).size).toBe(1);
    expect(first?.parentSpanId).toBeUndefined();
    expect(gateA?.parentSpanId).toBe(first?.spanId);
    expect(gateB?.parentSpanId).toBe(first?.spanId);
    expect(launch?.parentSpanId).toBe(gateB?.spanId);
  });

  it('say what they were about, as consumers, with the ids that the logs have', async () => {
    await chain();
    const launch = collector.spans.at(-1);
    expect(launch).toMatchObject({
      kind: 5,
      status: { code: 0 },
      attributes: {
        topic: 'phasegate-launch-requested',
        message: 'l1',
        run: RUN,
        launch: `${RUN}.x.1`,
      },
      resource: { 'service.name': 'launch-phase', 'service.version': 'v1' },
    });
    expect(BigInt(launch?.endTimeUnixNano ?? 0)).toBeGreaterThanOrEqual(
      BigInt(launch?.startTimeUnixNano ?? 1),
    );
    const logged = lines.map((line) => JSON.parse(line));
    expect(
      logged.map((line) => [
        line['logging.googleapis.com/trace'],
        line['logging.googleapis.com/spanId'],
      ]),
    ).toEqual(
      collector.spans.map(({ traceId, spanId }) => [`projects/local/traces/${traceId}`, spanId]),
    );
  });

  it('hold nothing of what a message says, nor of what an error says', async () => {
    await chain();
    const refuse = async () => {
      throw new PhasegateError('unavailable', `the webhook /${SECRET} did not answer`);
    };
    await expect(handled(refuse)).rejects.toThrow(SECRET);
    expect(collector.spans).toHaveLength(5);
    expect(collector.told()).not.toContain(SECRET);
  });

  it('tell in a word what went wrong, also where the message is dead and acknowledged', async () => {
    const of = (error: Error) => async () => {
      throw error;
    };
    await expect(handled(of(new PhasegateError('unavailable', 'x')))).rejects.toThrow('x');
    await handled(of(new PhasegateError('invalid-input', 'x')));
    await expect(handled(of(new TypeError('x')))).rejects.toThrow('x');
    expect(collector.spans.map(({ status }) => status)).toEqual([
      { code: 2, message: 'unavailable' },
      { code: 2, message: 'invalid-input' },
      { code: 2, message: 'TypeError' },
    ]);
  });

  it('are not of canaries, for whom nothing is done', async () => {
    const canary = { id: '1', text: '{"canary":"x"}', attributes: { canary: 'x' } };
    await push('start-run', 'phasegate-start', canary, async () => {});
    expect(collector.spans).toEqual([]);
  });
});

describe('a message is handled all the same', () => {
  it.each([
    ['hangs', () => collector.answer(null), 'TimeoutError'],
    ['refuses it', () => collector.answer(503), '503'],
    ['is not there', () => collector.close(), 'ECONNREFUSED'],
  ])('where the collector %s, and the log says that a span was lost', async (_, trouble, word) => {
    await trouble();
    let isHandled = false;
    await handled(async () => {
      isHandled = true;
    });
    expect(isHandled).toBe(true);
    const events = lines.map((line) => JSON.parse(line));
    expect(events.map(({ event }) => event)).toEqual(['message-handled', 'span-lost']);
    expect(events[1].message).toContain(word);
    expect(events[1].message).not.toContain('127.0.0.1');
  });
});

it('a request to the api is a span of a server, below the one of its caller', async () => {
  const environment = deployedEnvironment({ OTEL_EXPORTER_OTLP_ENDPOINT: `${collector.url}/` });
  const { onRequest } = deploy(environment, 'api');
  const [trace, caller] = ['a'.repeat(32), 'b'.repeat(16)];
  const headers = { traceparent: `00-${trace}-${caller}-01`, authorization: `Bearer ${SECRET}` };
  const path = `/v1/runs/${RUN}:pause`;
  const { status } = await onRequest({ method: 'POST', path, headers, body: SECRET });
  expect(status).toBe(401);
  expect(only()).toMatchObject({
    name: 'api',
    kind: 2,
    traceId: trace,
    parentSpanId: caller,
    status: { code: 0 },
    attributes: { run: RUN, 'http.request.method': 'POST', 'http.response.status_code': '401' },
  });
  expect(collector.told()).not.toContain(SECRET);
});

it.each([
  'telemetry.example.com',
  `https://ana:${SECRET}@collector.example.com`,
  `https://collector.example.com/?token=${SECRET}`,
])('%s is no address of a collector, and is not repeated', (given) => {
  const start = () => deploy(deployedEnvironment({ OTEL_EXPORTER_OTLP_ENDPOINT: given }), 'api');
  expect(start).toThrow(/the configuration is wrong: OTEL_EXPORTER_OTLP_ENDPOINT [^:]*$/);
});
