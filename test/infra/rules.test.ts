import { globSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { systemFacts } from '../../shared/cli/deploy/system-facts.ts';
import { tablesOf } from '../../shared/core/pipeline.ts';
import { readPipeline } from '../../shared/edge/pipeline-file.ts';
import { type Block, blocksOf, localsOf } from './blocks.ts';

const root = blocksOf('infra');
const derived = blocksOf('infra/derived');
const all = [...root, ...derived];
const text = globSync('infra/**/*.tf')
  .map((file) => readFileSync(file, 'utf8'))
  .join('\n');

const resources = (type: string) =>
  all.filter(({ kind, labels }) => kind === 'resource' && labels[0] === type);
const named = (kind: string, blocks: readonly Block[]) =>
  blocks.filter((block) => block.kind === kind).map(({ labels }) => labels[0] ?? '');

describe('the infrastructure', () => {
  it('is read here whole', () => {
    expect(all.length).toBeGreaterThan(70);
    expect(resources('google_cloudfunctions2_function').length).toBe(3);
  });

  it('runs in the job of a table what is derived for it, and the job that ships where nothing is', () => {
    const [job] = resources('google_cloud_run_v2_job');
    expect(job?.text).toMatch(/image = coalesce\(each\.value\.image, var\.job_image\)\n/);
    for (const field of ['args', 'cpu', 'memory', 'name']) {
      expect(job?.text).toMatch(new RegExp(`${field} += each\\.value\\.${field}\\n`));
    }
  });

  it('lets in nobody without a name', () => {
    expect(text).not.toMatch(/allUsers|allAuthenticatedUsers/);
    const invokers = all.filter((block) => block.text.includes('"roles/run.invoker"'));
    expect(invokers.length).toBe(6);
    for (const { text } of invokers) {
      expect(text).toMatch(
        /member\s+= (google_service_account\.\w+(\["dashboard"\])?\.member|each\.key)\n/,
      );
    }
  });

  it('gives nobody a role that is for owners and editors of everything', () => {
    expect(text).not.toMatch(/roles\/(owner|editor|viewer)"|[aA]dmin"/);
  });

  it('lets schedules be paused, resumed and called, and nobody make or change one', () => {
    const [own] = resources('google_project_iam_custom_role');
    const listed = [...(own?.text.matchAll(/"(cloudscheduler\.[\w.]+)"/g) ?? [])];
    expect(listed.map(([, right]) => right)).toEqual([
      'cloudscheduler.jobs.pause',
      'cloudscheduler.jobs.enable',
      'cloudscheduler.jobs.run',
    ]);
    expect(resources('google_project_iam_custom_role')).toHaveLength(1);
    const granted = all.filter(({ text }) => text.includes('custom_role.steer_schedules.id'));
    expect(granted.map(({ text }) => /local\.who_may\["([\w-]+)"\]/.exec(text)?.[1])).toEqual([
      'steer-schedules',
    ]);
  });

  it('keeps every message that nobody took: no subscription ends by itself', () => {
    expect(resources('google_pubsub_subscription').length).toBe(2);
    for (const { text } of resources('google_pubsub_subscription')) {
      expect(text).toMatch(/expiration_policy \{\s*ttl = ""\s*\}/);
    }
  });

  it('pushes with an identity, tries again, and lays aside after twelve times', () => {
    const pushing = resources('google_pubsub_subscription').filter((block) =>
      block.text.includes('push_config'),
    );
    expect(pushing.length).toBe(1);
    expect(pushing[0]?.text).toMatch(/oidc_token \{\s*service_account_email = google_/);
    expect(pushing[0]?.text).toMatch(/max_delivery_attempts = 12/);
    expect(pushing[0]?.text).toMatch(/ack_deadline_seconds\s+= 600/);
    expect(pushing[0]?.text).toMatch(/minimum_backoff = "10s"\s+maximum_backoff = "600s"/);
  });

  it('calls by the clock with an identity, in a time zone that is said', () => {
    const calls = resources('google_cloud_scheduler_job');
    expect(calls.length).toBe(2);
    for (const { text } of calls) {
      expect(text).toMatch(/time_zone\s+= each\.value\.zone/);
      expect(/oidc_token \{/.test(text)).not.toBe(/pubsub_target \{/.test(text));
    }
  });

  it('lets no partition, no table and no evidence expire', () => {
    expect(text).not.toMatch(
      /expiration_ms|expiration_time|default_table_expiration|lifecycle_rule/,
    );
    const [bucket] = resources('google_storage_bucket');
    expect(bucket?.text).toMatch(/versioning \{\s*enabled = true/);
    expect(bucket?.text).toMatch(/public_access_prevention\s+= "enforced"/);
    expect(bucket?.text).toMatch(/uniform_bucket_level_access = true/);
  });

  it('never has Cloud Run try a job again, and runs no image that is not pinned', () => {
    expect(resources('google_cloud_run_v2_job').map(({ text }) => text)).toEqual([
      expect.stringMatching(/max_retries\s+= 0\n/),
    ]);
    expect(text).toMatch(/regex\("@sha256:/);
  });

  it('gives every function an account of its own', () => {
    const accounts = resources('google_cloudfunctions2_function').map(
      ({ text }) => /service_account_email\s+= (\S+)/.exec(text)?.[1],
    );
    expect(accounts.sort()).toEqual([
      'google_service_account.doorway["api"].email',
      'google_service_account.doorway["dashboard"].email',
      'google_service_account.doorway[each.key].email',
    ]);
    expect(text).toContain('function => each if !contains(["api", "dashboard"], function)');
  });

  it('names no table, source or dataset of the pipeline', () => {
    const yaml = readFileSync('shared/pipelines/nba.yaml', 'utf8');
    const read = (path: string) => readFileSync(`shared/pipelines/${path}`, 'utf8');
    const { pipeline } = readPipeline({ file: 'nba.yaml', text: yaml }, null, read);
    const names = [...tablesOf(pipeline), ...pipeline.sources].flatMap(({ name }) =>
      name.split('.'),
    );
    expect(names.filter((name) => text.includes(name))).toEqual([]);
    expect(names.length).toBeGreaterThan(30);
  });

  it('uses no variable, local, output or resource that is not there', () => {
    expect(unknownIn(root)).toEqual([]);
    expect(unknownIn(derived)).toEqual([]);
    const outputs = named('output', derived);
    const used = [...text.matchAll(/module\.derived\.(\w+)/g)].map(([, name = '']) => name);
    expect(used.filter((name) => !outputs.includes(name))).toEqual([]);
  });

  it('has no variable, local or output that nobody uses', () => {
    for (const blocks of [root, derived]) {
      const body = blocks.map(({ text }) => text).join('\n');
      const idle = [
        ...named('variable', blocks).filter((name) => !new RegExp(`var\\.${name}\\b`).test(body)),
        ...localsOf(blocks).filter((name) => !new RegExp(`local\\.${name}\\b`).test(body)),
      ];
      expect(idle).toEqual([]);
    }
    expect(
      named('output', derived).filter((name) => !text.includes(`module.derived.${name}`)),
    ).toEqual([]);
  });

  it('says by itself that a message waits or died, that nobody looks, and that a channel of alerts is dead', () => {
    const policy = (name: string) =>
      resources('google_monitoring_alert_policy').find(({ labels }) => labels[1] === name)?.text;
    const metrics = ['num_undelivered_messages', 'oldest_unacked_message_age', 'request_count'];
    for (const [index, name] of ['dead_letters', 'oldest_unacked', 'reconcile_silent'].entries()) {
      expect(policy(name)).toContain(`/${metrics[index]}`);
      expect(policy(name)).toMatch(/notification_channels = local\.channels/);
    }
    const events = [...text.matchAll(/^ {4}([a-z]+(?:-[a-z]+)+) += "a /gm)].map(([, name]) => name);
    expect(events).toEqual(['run-stuck', 'gate-blocked', 'channel-failed']);
    const code = globSync('shared/{core,adapters}/**/*.ts').map((file) =>
      readFileSync(file, 'utf8'),
    );
    expect(events.filter((event) => !code.some((each) => each.includes(`'${event}'`)))).toEqual([]);
  });

  it('knows of the code what the code says of itself', () => {
    expect(JSON.parse(readFileSync('infra/derived/system.json', 'utf8'))).toEqual(systemFacts());
  });
});

/** References that lead nowhere, in the blocks of one module. */
function unknownIn(blocks: readonly Block[]): readonly string[] {
  const known = new Set([
    ...named('variable', blocks).map((name) => `var.${name}`),
    ...localsOf(blocks).map((name) => `local.${name}`),
    ...blocks.filter(({ kind }) => kind === 'resource').map(({ labels }) => labels.join('.')),
    ...blocks.filter(({ kind }) => kind === 'data').map(({ labels }) => `data.${labels.join('.')}`),
  ]);
  const body = blocks.map(({ text }) => text).join('\n');
  const references = body.matchAll(/\b(?:(?:var|local)\.\w+|(?:data\.)?google_\w+\.\w+)/g);
  return [...references].map(([reference]) => reference).filter((each) => !known.has(each));
}
