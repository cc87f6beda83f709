import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { readDefinitionFiles } from '../../shared/adapters/pipeline-files.ts';
import { type Crisis, crisis } from '../../shared/cli/demo/crisis.ts';
import { loadDirectory } from '../../shared/cli/load-directory.ts';
import { topicName } from '../../shared/core/cloud-names.ts';
import { isAtRest, type RunState } from '../../shared/core/run.ts';
import { phasegate } from '../e2e/phasegate.ts';
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
import { untilMonitor } from './until-monitor.ts';
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
    vi.unstubAllEnvs();
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
    expect(await cloud.hears('has passed after all')).toContain(String(run));
  }, 300_000);

  it('the command line tells of the run, signs it off, starts its range again and pauses a schedule, by the API alone', async () => {
    vi.stubEnv('PHASEGATE_API', cloud.apiUrl);
    const gcp = (...args: readonly string[]) => phasegate(...args, '--world', 'gcp');
    const [run = ''] = await cloud.runs.list();
    const told = await gcp('report', run);
    expect(told).toMatchObject({ code: 0, stderr: '' });
    expect(told.stdout).toContain(`run ${run} passed`);
    const signed = await gcp('signoff', run, '--reason', 'all seen');
    expect(signed.stdout).toContain(`signed off by ${OPERATOR}: `);
    const { from, to } = story;
    const again = await gcp('start', '--from', from, '--to', to);
    expect(again.stdout).toBe(
      `${run}-2 goes on in the cloud; see it with: npx phasegate status ${run}-2 --world gcp\n`,
    );
    await until((state) => state.run === `${run}-2` && isAtRest(state.status));
    expect((await gcp('status')).stdout).toMatch(/-2: passed/);
    const end = new Date(Date.now() + 3_600_000).toISOString();
    const pause = ['schedules', 'pause', 'monitor-daily', '--reason', 'moved', '--until', end];
    expect(await gcp(...pause)).toMatchObject({ code: 0, stderr: '' });
    const listed = await gcp('schedules', 'list');
    expect(listed.stdout).toContain(`paused by ${OPERATOR} until ${end}: moved`);
  }, 300_000);

  it('the page shows a reader the run, from the same Firestore', async () => {
    const [run = ''] = await cloud.runs.list();
    const answer = await fetch(`${cloud.pageUrl}/runs`);
    expect(answer.status).toBe(200);
    expect(await answer.text()).toContain(`/runs/${run}`);
  });

  const call = (monitor: string) =>
    gcloud(
      cloud.pubsubUrl,
      PROJECT,
      ...['pubsub', 'topics', 'publish', topicName('phasegate-monitor-due', ENVIRONMENT)],
      `--message=${JSON.stringify({ monitor, pipeline: NAME })}`,
    );

  it('a test of the channels comes through the chat, and its monitor passes on what notify kept of it', async () => {
    await call('channels');
    await cloud.hears('channels: a test of this channel');
    expect(await untilMonitor(cloud, 'channels')).toMatchObject({
      verdict: 'PASS',
      message: expect.stringContaining('1 of 1 channel took the test'),
    });
    expect(cloud.told.filter((text) => text.includes('a test of this channel')).length).toBe(1);
  }, 120_000);

  it('a monitor that Cloud Scheduler calls tells of a schedule that somebody paused, and the digest comes', async () => {
    const weekly = cloud.scheduled.find(({ name }) => name.includes('monitor-weekly'));
    if (weekly === undefined) throw new Error('no weekly monitor');
    weekly.state = 'PAUSED';
    await call('schedules');
    const told = await cloud.hears('schedule monitor-weekly is paused');
    expect(told).toContain('next: npx phasegate schedules resume monitor-weekly --world gcp');
    expect(cloud.told.filter((text) => text === told).length).toBe(1);
    expect(cloud.told.filter((text) => text.includes('monitor-daily is paused'))).toEqual([]);
    await call('digest');
    expect(await cloud.hears('digest of nba')).toContain('schedule monitor-weekly is paused');
  }, 120_000);

  it('one trace leads from the start through every function that came after it', () => {
    const traceOf = (name: string, about: string) =>
      cloud
        .functionOf(name)
        .lines.filter((line) => line.includes(about))
        .flatMap((line) => JSON.parse(line)['logging.googleapis.com/trace'] ?? []);
    const starts = new Set(traceOf('start-run', 'message-handled'));
    for (const start of starts) expect(start).toMatch(/^projects\/local\/traces\/[0-9a-f]{32}$/);
    const next = ['validation-gate', 'launch-phase'].map((name) =>
      traceOf(name, 'message-handled'),
    );
    const whole = [...starts].filter((start) => next.every((traces) => traces.includes(start)));
    expect(whole.length).toBeGreaterThan(0);
  });

  it('the spans of a trace connect a launch with the start, each below the one that published its message', () => {
    const byId = new Map(collector.spans.map((span) => [span.spanId, span]));
    const wayTo = (span: CollectedSpan): readonly CollectedSpan[] => {
      const parent = byId.get(span.parentSpanId ?? '');
      return parent === undefined ? [span] : [...wayTo(parent), span];
    };
    const ways = collector.spans.filter(({ name }) => name === 'launch-phase').map(wayTo);
    const started = ways.filter(([first]) => first?.name === 'start-run');
    expect(started.length).toBeGreaterThan(0);
    for (const way of started) {
      expect(way.slice(1, -1).map(({ name }) => name)).toContain('validation-gate');
      expect(way[0]).toMatchObject({ kind: 5, attributes: { topic: 'phasegate-start' } });
      expect(way[0]?.parentSpanId).toBeUndefined();
      expect(new Set(way.map(({ traceId }) => traceId)).size).toBe(1);
    }
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
