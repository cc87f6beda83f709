import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from 'vitest';
import { lineage } from '../../shared/cli/lineage.ts';
import { start } from '../../shared/cli/start.ts';
import { type Collector, openCollector } from '../cloud/trace-collector.ts';
import { eventSchema } from '../core/lineage/event-schema.ts';
import { here } from './here.ts';
import { openReceiver } from './lineage-receiver.ts';
import { loaded, REQUEST, worldWith } from './tiny-world.ts';

const KEY = 'hunter2-of-lineage';
const FORM = 'tiny.precompute.form';

describe('the lineage of a local run', () => {
  let receiver: Awaited<ReturnType<typeof openReceiver>>;
  let collector: Collector;
  let place: ReturnType<typeof worldWith>['options'];
  let started: Awaited<ReturnType<typeof here>>;
  let run = '';
  const told = (options: object = {}) =>
    here((output) => lineage(run, { world: place.world, ...options }, output));

  const receiverIsNamed = () => {
    vi.stubEnv('OPENLINEAGE_URL', `${receiver.url}/`);
    vi.stubEnv('OPENLINEAGE_API_KEY', KEY);
  };

  beforeAll(async () => {
    receiver = await openReceiver(KEY);
    receiver.answerNext(503);
    receiverIsNamed();
    collector = await openCollector();
    vi.stubEnv('OTEL_EXPORTER_OTLP_ENDPOINT', collector.url);
    place = worldWith((yaml) => yaml, await loaded((day) => day !== '2022-01-05')).options;
    started = await here((output) => start({ ...place, ...REQUEST }, output));
    [run = ''] = /tiny-20220101-20220110-[0-9a-f]{8}/.exec(started.stdout) ?? [];
  });
  afterEach(() => vi.unstubAllEnvs());
  afterAll(async () => {
    await receiver.close();
    await collector.close();
  });

  it('was sent while the run went on, although the receiver was away for a moment, and is what the command prints', async () => {
    expect(started.code).toBe(1);
    const printed = await told({ json: true });
    const lines = printed.stdout.trim().split('\n');
    const events = lines.map((line) => eventSchema.parse(JSON.parse(line)));
    expect(receiver.refused).toEqual([]);
    expect(receiver.events).toEqual(events);
    expect(events.length).toBeGreaterThan(5);
    expect(`${started.stdout}${started.stderr}${printed.stdout}`).not.toContain(KEY);
  });

  it('says of each launch what it read and wrote, below its run', () => {
    const [run] = receiver.events;
    const launch = receiver.events.find(({ job }) => job.name === 'tiny.analytics.team_games');
    expect(run).toMatchObject({ eventType: 'START', job: { name: 'tiny' } });
    expect(launch?.run.facets).toMatchObject({
      parent: { run: { runId: run?.run.runId }, job: { name: 'tiny' } },
      nominalTime: { nominalEndTime: '2022-01-11T05:00:00.000Z' },
    });
    expect(launch?.outputs).toEqual([
      { namespace: 'bigquery', name: 'local.analytics.team_games' },
    ]);
    expect(launch?.inputs.map(({ name }) => name)).toContain('local.raw.box');
    expect(receiver.events.some(({ job }) => job.name === FORM)).toBe(false);
  });

  it('says of a gate that refuses which checks held, and why it refuses', () => {
    const gate = receiver.events.find(
      ({ eventType, job }) => eventType === 'FAIL' && job.name === 'tiny.gate.analytics.team_games',
    );
    expect(gate?.run.facets.errorMessage?.message).toContain('analytics.team_games FAIL');
    const [table] = gate?.inputs ?? [];
    const told = table?.inputFacets?.dataQualityAssertions.assertions ?? [];
    expect(new Set(told.map(({ success }) => success))).toEqual(new Set([true, false]));
    expect(told.some(({ column }) => column !== undefined)).toBe(true);
    expect(receiver.events.at(-1)).toMatchObject({ eventType: 'FAIL', job: { name: 'tiny' } });
  });

  it('goes with figures that a collector takes, of what there is when its world closes', () => {
    const figures = new Map(collector.figures.flat());
    expect(Object.fromEntries(figures)).toMatchObject({
      'phasegate.run.ends{phasegate.run.status=blocked}': 1,
      'phasegate.run.ends{phasegate.run.status=passed}': 0,
      'phasegate.runs{phasegate.run.status=live}': 0,
      'phasegate.gates{phasegate.gate.verdict=FAIL}': 2,
      'phasegate.dead_letters{phasegate.topic=phasegate-start}': 0,
    });
    expect(figures.get('phasegate.query.io{}')).toBeGreaterThan(0);
    expect([...figures.keys()].filter((name) => name.startsWith('phasegate.digest'))).toEqual([]);
  });

  it('is sent again by hand, whole, once its receiver is there', async () => {
    const before = [...receiver.events];
    receiver.events.length = 0;
    receiver.answerNext(503, 503, 503);
    receiverIsNamed();
    const away = await told({ send: true });
    expect([away.code, receiver.events.length]).toEqual([3, 0]);
    expect(away.stderr).toContain('the receiver answered 503\n');
    const sent = await told({ send: true });
    expect(sent).toMatchObject({ code: 0, stderr: '' });
    expect(sent.stdout).toBe(`${before.length} of ${before.length} events sent\n`);
    expect(receiver.events).toEqual(before);
  });

  it('is sent nowhere without a receiver, and to none that is no address', async () => {
    const refused = await told({ send: true });
    expect(refused.code).toBe(2);
    expect(refused.stderr).toContain(
      `OPENLINEAGE_URL=https://marquez.example.com npx phasegate lineage ${run} --send --world`,
    );
    vi.stubEnv('OPENLINEAGE_URL', `https://ana:${KEY}@marquez.example.com`);
    const wrong = await told({ send: true });
    expect([wrong.code, wrong.stderr]).toEqual([
      2,
      expect.stringMatching(/OPENLINEAGE_URL is not an http address/),
    ]);
    expect(wrong.stderr).not.toContain(KEY);
  });
});
