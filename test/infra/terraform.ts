import { execFile, spawnSync } from 'node:child_process';
import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { promisify } from 'node:util';

const run = promisify(execFile);

export const INFRA = resolve('infra');
const DERIVED = join(INFRA, 'derived');

/** False, and one line says so, where there is no terraform. */
export function hasTerraform(): boolean {
  const found = spawnSync('terraform', ['version'], { stdio: 'ignore' }).status === 0;
  if (!found) console.warn('terraform is not here: what it makes of the pipeline is not tested');
  return found;
}

/** What is left out keeps its default. */
export type Given = Readonly<{ pipeline: string; environment?: string }>;

const ANSWER = [
  'topics = local.topics',
  'doorways = local.doorways',
  'schedules = local.schedules',
  'monitors = local.monitors',
  'jobs = local.jobs',
  'written = local.written_datasets',
  'read = local.read_datasets',
  'verified = local.verified_datasets',
  'tables = local.system_tables',
  'channelSecrets = local.channel_secrets',
  'buckets = local.file_buckets',
];

export type Derived = Readonly<{
  topics: Readonly<Record<string, Readonly<{ name: string; dead: string }>>>;
  doorways: Readonly<Record<string, Doorway>>;
  schedules: Readonly<Record<string, Readonly<{ name: string; cron: string; zone: string }>>>;
  monitors: Readonly<
    Record<string, Readonly<{ name: string; cron: string; zone: string; body: string }>>
  >;
  jobs: Readonly<Record<string, DerivedJob>>;
  written: readonly string[];
  read: readonly string[];
  verified: readonly string[];
  channelSecrets: readonly string[];
  buckets: readonly string[];
  tables: Readonly<Record<string, Readonly<{ dataset: string; table: string; schema: unknown }>>>;
}>;
export type DerivedJob = Readonly<{
  name: string;
  minutes: number;
  image: string | null;
  args: readonly string[];
  cpu: string;
  memory: string;
}>;
export type Doorway = Readonly<{
  name: string;
  account: string;
  topic: string | null;
  may: readonly string[];
}>;

/** What terraform itself makes of a pipeline. */
export async function derived(given: Given): Promise<Derived> {
  const running = run('terraform', [`-chdir=${DERIVED}`, 'console', ...variables(given)], {
    env: quiet(),
    maxBuffer: 1e7,
  });
  running.child.stdin?.end(`jsonencode({ ${ANSWER.join(', ')} })\n`);
  const { stdout } = await running;
  return JSON.parse(JSON.parse(stdout)) as Derived;
}

/** What terraform says when it refuses to plan; null when it plans. */
export async function refusal(given: Given): Promise<string | null> {
  try {
    await run('terraform', [`-chdir=${DERIVED}`, 'plan', '-input=false', ...variables(given)], {
      env: quiet(),
    });
    return null;
  } catch (error) {
    return (error as Readonly<{ stderr: string }>).stderr.replaceAll(/[│\s]+/g, ' ');
  }
}

/** The files that terraform would write otherwise. */
export async function unformatted(): Promise<string> {
  const args = ['fmt', '-check', '-recursive', '-no-color', INFRA];
  return run('terraform', args, { env: quiet() }).then(
    ({ stdout }) => stdout,
    (error: Readonly<{ stdout: string; stderr: string }>) => error.stdout + error.stderr,
  );
}

function variables({ pipeline, environment }: Given): readonly string[] {
  const own = environment === undefined ? [] : ['-var', `environment=${environment}`];
  // A state of its own, or two at the same time wait for one lock.
  const state = join(mkdtempSync(join(tmpdir(), 'phasegate-')), 'state');
  return ['-no-color', `-state=${state}`, '-var', `pipeline=${resolve(pipeline)}`, ...own];
}

function quiet(): NodeJS.ProcessEnv {
  const data = mkdtempSync(join(tmpdir(), 'phasegate-'));
  return { ...process.env, TF_DATA_DIR: data, CHECKPOINT_DISABLE: '1', TF_IN_AUTOMATION: '1' };
}
