import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { readDefinitionFiles } from '../../shared/adapters/pipeline-files.ts';
import { type Crisis, crisis } from '../../shared/cli/demo/crisis.ts';
import { loadDirectory } from '../../shared/cli/load-directory.ts';
import { topicName } from '../../shared/core/cloud-names.ts';
import { isAtRest, type RunState } from '../../shared/core/run.ts';
import {
  type Cloud,
  ENVIRONMENT,
  emulators,
  OPERATOR,
  openCloud,
  PROJECT,
  SECRET,
} from './cloud.ts';
import { gcloud } from './gcloud.ts';
import { type CollectedSpan, type Collector, openCollector } from './trace-collector.ts';
import { untilRun } from './until-run.ts';

const both = await emulators();
const NAME = 'nba';
const { pipeline } = readDefinitionFiles({ pipeline: NAME });
const silent = { line() {}, json() {}, note() {}, draw: null, keep() {} };

describe.skipIf(both === null)('a night in the cloud', () => {
  let cloud: Cloud;
  let collector: Collector;
  let story: Crisis;

  beforeAll(async () => {
    if (both === null) return;
    collector = await openCollector();
    cloud = await openCloud(both, pipeline, NAME, 2, {
      OTEL_EXPORTER_OTLP_ENDPOINT: collector.url,
    });
    const directory = mkdtempSync(join(tmpdir(), 'phasegate-league-'));
    const [raw, late] = [join(directory, 'raw'), join(directory, 'late')];
    story = crisis(raw, late, { teams: 10, gamesPerTeam: 20 });
    await loadDirectory(raw, pipeline, undefined, cloud.warehouse, silent);
  }, 120_000);
  afterAll(async () => {
    await cloud?.close();
    await collector?.close();
    await Promise.all([both?.firestore.stop(), both?.pubsub.stop()]);
  });

  const publish = (message: object) =>
    gcloud(
      cloud.pubsubUrl,
      PROJECT,
      ...['pubsub', 'topics', 'publish', topicName('phasegate-start', ENVIRONMENT)],
      `--message=${JSON.stringify(message)}`,
    );
  const until = (is: (state: RunState) => boolean) => untilRun(cloud, is);

  it('one gcloud publish leads to a gate that holds back what lacks games, and people are told', async () => {
    const { from, to } = story;
    await publish({ pipeline: NAME, from, to, requestedBy: OPERATOR });
    await until(({ tables }) => Object.values(tables).some(({ tag }) => tag === 'verifying'));
    await cloud.functionOf('validation-gate').kill();
    const { status, run, message } = await until(({ status }) => isAtRest(status));
    expect(status).toBe('blocked');
    expect(message).toContain('analytics');
    expect(await cloud.runs.list()).toEqual([run]);
    expect(await cloud.hears(run)).toContain('phase analytics is blocked');
  }, 300_000);

  it('after the late delivery one more publish repairs it, up to the last gate, without a hand', async () => {
    const [run] = await cloud.runs.list();
    await loadDirectory(
      story.lateDirectory,
      pipeline,
      'raw_team_boxscores',
      cloud.warehouse,
      silent,
    );
    await publish({ repair: run, requestedBy: OPERATOR, reason: 'the missing games arrived' });
    await until(({ tables }) => Object.values(tables).some(({ tag }) => tag === 'launching'));
    await cloud.functionOf('launch-phase').kill();
    const { status } = await until(({ status, round }) => round > 1 && isAtRest(status));
    expect(status).toBe('passed');
  }, 300_000);

  it('one trace leads from the start through every function that came after it', () => {
    const traceOf = (name: string, about: string) =>
      cloud
        .functionOf(name)
        .lines.filter((line) => line.includes(about))
        .flatMap((line) => JSON.parse(line)['logging.googleapis.com/trace'] ?? []);
    const [start] = traceOf('start-run', 'message-handled');
    expect(start).toMatch(/^projects\/local\/traces\/[0-9a-f]{32}$/);
    for (const name of ['validation-gate', 'launch-phase']) {
      expect(traceOf(name, 'message-handled')).toContain(start);
    }
  });

  it('the spans of that trace connect the first launch with the start', () => {
    const byId = new Map(collector.spans.map((span) => [span.spanId, span]));
    const wayTo = (span: CollectedSpan): readonly CollectedSpan[] => {
      const parent = byId.get(span.parentSpanId ?? '');
      return parent === undefined ? [span] : [...wayTo(parent), span];
    };
    const [first] = collector.spans
      .filter(({ name }) => name === 'launch-phase')
      .sort((a, b) => Number(BigInt(a.startTimeUnixNano) - BigInt(b.startTimeUnixNano)));
    const way = first === undefined ? [] : wayTo(first);
    expect(way.at(0)).toMatchObject({ name: 'start-run', kind: 5 });
    expect(way.at(0)?.parentSpanId).toBeUndefined();
    expect(way.at(-1)?.attributes).toMatchObject({ topic: 'phasegate-launch-requested' });
    expect(new Set(way.map(({ traceId }) => traceId)).size).toBe(1);
    expect(way.map(({ name }) => name)).toContain('validation-gate');
  });

  it('no function has printed a secret, or told the collector one', () => {
    expect(cloud.printed().length).toBeGreaterThan(50);
    expect(cloud.printed().filter((line) => line.includes(SECRET))).toEqual([]);
    expect(collector.spans.length).toBeGreaterThan(50);
    expect(collector.told()).not.toContain(SECRET);
    expect(cloud.printed().filter((line) => line.includes('span-lost'))).toEqual([]);
  });

  it('each launch began once, although each message came twice and two functions were killed', () => {
    const launches = cloud.run.executions.map(({ environment }) => environment.PHASEGATE_LAUNCH);
    expect(launches.length).toBeGreaterThan(10);
    expect(new Set(launches).size).toBe(launches.length);
  });
});
