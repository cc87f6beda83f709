import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { readChannels } from '../../shared/edge/channel-addresses.ts';
import { readCloudConfig } from '../../shared/edge/cloud-config.ts';
import { emptyFolder } from '../deploy/scratch.ts';
import { blocksOf } from '../infra/blocks.ts';
import { hasTerraform } from '../infra/terraform.ts';

const FUNCTIONS = readFileSync('infra/functions.tf', 'utf8');
const CHANNELS = readFileSync('shared/edge/channel-addresses.ts', 'utf8');
const CODE = readFileSync('shared/edge/cloud-config.ts', 'utf8');
const LINEAGE = readFileSync('shared/edge/lineage-target.ts', 'utf8');
/** Of servers that stand in for Google's, of an overlay, and of what receivers of lineage seldom need, which no deployment has. */
const NOT_IN_THE_CLOUD =
  /_EMULATOR_HOST$|^PHASEGATE_(RUN_SERVER|SCHEDULER_SERVER|MONITORING_SERVER|OVERLAY)$|^OPENLINEAGE_(ENDPOINT|NAMESPACE)$/;

/** What Node reads itself. */
const NOT_OURS = ['NODE_COMPILE_CACHE'];

/** What each name may hold once Terraform has filled it in. */
const VALUES: Readonly<Record<string, string>> = {
  PHASEGATE_PROJECT: 'my-project',
  PHASEGATE_REGION: 'us-east1',
  PHASEGATE_LOCATION: 'US',
  PHASEGATE_ENVIRONMENT: 'prod',
  PHASEGATE_PIPELINE: 'shared/pipelines/nba.yaml',
  PHASEGATE_DATABASE: 'phasegate-prod',
  PHASEGATE_EVIDENCE_BUCKET: 'my-project-phasegate-evidence-prod',
  PHASEGATE_API: 'https://phasegate-api-prod-abc.a.run.app',
  PHASEGATE_JOB_IMAGE: `us-east1-docker.pkg.dev/my-project/phasegate/job@sha256:${'0'.repeat(64)}`,
  PHASEGATE_VERSION: 'abc',
  PHASEGATE_PAGE: 'https://phasegate-dashboard-prod-abc.a.run.app',
  PHASEGATE_OPERATORS: 'ana@example.com,ben@example.com',
  PHASEGATE_READERS: 'cid@example.com',
  PHASEGATE_JOB_ACCOUNTS: 'phg-job-prod@my-project.iam.gserviceaccount.com',
  PHASEGATE_MAIL_FROM: 'gate@example.com',
  PHASEGATE_MAIL_TO: 'ana@example.com,ben@example.com',
  NODE_COMPILE_CACHE: '/workspace/compiled',
  OTEL_EXPORTER_OTLP_ENDPOINT: 'https://collector.example.com',
  OPENLINEAGE_URL: 'https://marquez.example.com',
  OPENLINEAGE_API_KEY: 'k',
  SLACK_WEBHOOK_URL: 'https://hooks.example.com/x',
  SMTP_URL: 'smtps://u:p@mail.example.com',
};

const namesIn = (text: string) =>
  [...text.matchAll(/\b([A-Z][A-Z_]+)\s+= /g)].map(([, name = '']) => name);
const local = (name: string) => new RegExp(`^ {2}${name} = [^\\n]*\\n?[\\s\\S]*?^ {2}\\}`, 'm');
const inLocal = (name: string) => namesIn(local(name).exec(FUNCTIONS)?.[0] ?? '');
const inResource = (label: string) => {
  const found = blocksOf('infra').find(({ labels }) => labels[1] === label && isFunction(labels));
  return found?.text ?? '';
};
const isFunction = ([type]: readonly string[]) => type === 'google_cloudfunctions2_function';

/** With all that a function may be given. */
const SECRETS: Readonly<Record<string, readonly string[]>> = {
  notify: ['SLACK_WEBHOOK_URL', 'SMTP_URL'],
  'start-run': ['OPENLINEAGE_API_KEY'],
};
/** Functions whose address others are told. */
const APART = ['api', 'dashboard'];

/** The names that infra gives a function, with what they would hold. */
function given(target: string, secrets: readonly string[] = []) {
  const text = inResource(APART.includes(target) ? target : 'doorway');
  const told = [...text.matchAll(/local\.(\w+_environment)\b/g)].map(([, name = '']) => name);
  const names = [
    ...(told.includes('function_environment') ? inLocal('named_environment') : []),
    ...told.flatMap(inLocal).filter((name) => !isMail(name) || secrets.includes('SMTP_URL')),
    ...namesIn(
      /environment_variables\s+= merge\([^\n]*\{\n[\s\S]*?\n {4}\}\)/.exec(text)?.[0] ?? '',
    ),
    ...secrets,
  ];
  return Object.fromEntries(names.map((name) => [name, VALUES[name] ?? `no value for ${name}`]));
}
const isMail = (name: string) => name.startsWith('PHASEGATE_MAIL_');

describe('the environment that infra gives', () => {
  const targets = ['start-run', 'on-job-finished', 'validation-gate', 'launch-phase', 'reconcile'];

  it.each([...targets, 'notify', ...APART])('is enough for %s to start', (target) => {
    expect(readCloudConfig(given(target), target)).toMatchObject({ environment: 'prod' });
  });

  it('lets the api know who may write, and which jobs may claim', () => {
    expect(readCloudConfig(given('api'), 'api')).toMatchObject({
      operators: ['ana@example.com', 'ben@example.com'],
      jobAccounts: [VALUES.PHASEGATE_JOB_ACCOUNTS],
    });
  });

  it('lets the page know its readers, notify where the page is, and who sets runs going who hears of lineage', () => {
    const { operators, readers } = readCloudConfig(given('dashboard'), 'dashboard');
    expect([operators, readers]).toEqual([
      ['ana@example.com', 'ben@example.com'],
      ['cid@example.com'],
    ]);
    expect(readCloudConfig(given('notify'), 'notify').page).toBe(VALUES.PHASEGATE_PAGE);
    const text = inResource('doorway');
    expect(text).toContain('contains(each.value.may, "tell-lineage") ? local.lineage_environment');
    expect(text).toMatch(/var\.lineage_key && contains\(each\.value\.may, "tell-lineage"\)/);
    const notifies = text.match(/each\.key == "notify" \? merge\(local\.page_/g);
    expect(notifies).toHaveLength(1);
  });

  it('tells every function that can launch a job where the job claims', () => {
    for (const target of targets) {
      expect(readCloudConfig(given(target), target).api).toBe(VALUES.PHASEGATE_API);
      const { PHASEGATE_API: _, ...without } = given(target);
      expect(() => readCloudConfig(without, target)).toThrow('PHASEGATE_API is not set');
    }
  });

  it.each([[['SLACK_WEBHOOK_URL']], [['SMTP_URL']], [['SLACK_WEBHOOK_URL', 'SMTP_URL']]])(
    'lets notify reach people by %j',
    (secrets) => {
      const channels = readChannels(given('notify', secrets), null);
      const names = secrets.map((secret) => (secret === 'SMTP_URL' ? 'mail' : 'slack'));
      expect(channels.map(({ name }) => name)).toEqual(names);
      for (const channel of channels) if (channel.by === 'mail') expect(channel.to.length).toBe(2);
    },
  );

  it('cannot be one in which an alert reaches nobody', () => {
    expect(() => readChannels(given('notify'), null)).toThrow('an alert would reach nobody');
    const text = (name: string) =>
      blocksOf('infra').find(({ kind, labels }) => kind === 'variable' && labels[0] === name)?.text;
    expect(text('notify_by')).not.toMatch(/^ {2}default\s+=/m);
    expect(text('notify_by')).toMatch(/length\(var\.notify_by\) > 0/);
    expect(text('alert_emails')).toMatch(/length\(var\.alert_emails\) > 0/);
    const secrets = blocksOf('infra').find(({ labels }) => labels[1] === 'notifier')?.text;
    expect(secrets).toMatch(
      /setsubtract\(module\.derived\.channel_secrets, var\.notify_by\)\) == 0/,
    );
    expect(text('mail_from')).toMatch(/startswith\(each, "SMTP_URL"\)/);
    expect(text('mail_to')).toMatch(/startswith\(each, "SMTP_URL"\)/);
  });

  it('has every name that the code reads, and no other', () => {
    const read = [
      ...[...CODE.matchAll(/^ {4}([A-Z][A-Z_]+): /gm)].map(([, name = '']) => name),
      ...[...LINEAGE.matchAll(/^ {2}(OPENLINEAGE_\w+): /gm)].map(([, name = '']) => name),
      ...[...CHANNELS.matchAll(/'([A-Z]+(?:_[A-Z]+)+)'/g)].map(([, name = '']) => name),
    ];
    const everywhere = [...targets, 'notify', ...APART].flatMap((target) =>
      Object.keys(given(target, SECRETS[target] ?? [])),
    );
    const wanted = [...read.filter((name) => !NOT_IN_THE_CLOUD.test(name)), ...NOT_OURS];
    expect([...new Set(everywhere)].sort()).toEqual([...new Set(wanted)].sort());
  });

  it('tells every job where the warehouse is and where it claims', () => {
    const [job] = blocksOf('infra').filter(({ labels }) => labels[0] === 'google_cloud_run_v2_job');
    const names = [...(job?.text.matchAll(/name {2}= "([A-Z_]+)"/g) ?? [])].map(([, name]) => name);
    expect(names).toEqual(['PHASEGATE_PROJECT', 'PHASEGATE_LOCATION', 'PHASEGATE_API']);
  });

  it.runIf(hasTerraform())('names operators as the api sees them: by address alone', () => {
    const [, expression = ''] = /PHASEGATE_OPERATORS\s+= (.*)/.exec(FUNCTIONS) ?? [];
    const members = 'toset(["user:ana@example.com", "serviceAccount:x@p.iam.gserviceaccount.com"])';
    const input = `${expression.replaceAll('var.operators', members)}\n`;
    const answer = execFileSync('terraform', ['console'], { cwd: emptyFolder(), input });
    expect(JSON.parse(answer.toString()).split(',').sort()).toEqual([
      'ana@example.com',
      'x@p.iam.gserviceaccount.com',
    ]);
    const operators = /variable "operators" \{[\s\S]*?^\}/m.exec(
      readFileSync('infra/variables.tf', 'utf8'),
    )?.[0];
    expect(operators).toContain('"^(user|serviceAccount):"');
  });
});
