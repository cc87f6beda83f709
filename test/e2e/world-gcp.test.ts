import { readFileSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { runCommandLine } from '../../shared/cli/command-line.ts';
import { up } from '../../shared/cli/up.ts';
import { here, startHere } from './here.ts';
import { type Ended, phasegate, type Started, startPhasegate } from './phasegate.ts';
import { loaded, stateOf, worldWith } from './tiny-world.ts';

const MONITORS = `
monitors:
  - { name: daily, description: The week, cron: '0 9 * * *', timeZone: UTC, judges: { what: schedules } }
`;
const TABLE = 'analytics.team_games';
const RANGE = ['--from', '2022-01-01', '--to', '2022-01-10', '--pipeline', 'tiny'];
const GCP = ['--world', 'gcp'];
const PATIENCE_MS = 180_000;

/** The API of a local world, which is that of the cloud; who calls is `local`. */
let owner: Started;
let world: ReturnType<typeof worldWith>;
let started: Ended;
let run = '';
const gcp = (...args: readonly string[]) => phasegate(...args, ...GCP);
const locally = (...args: readonly string[]) => phasegate(...args, ...world.world);
const atRest = () =>
  vi.waitFor(
    async () => expect((await stateOf(world.directory, run)).endedAt).not.toBeNull(),
    PATIENCE_MS,
  );

beforeAll(async () => {
  const lacking = await loaded((day) => day !== '2022-01-04');
  world = worldWith((yaml) => yaml + MONITORS, lacking);
  owner = startHere((output) => {
    const line = (text: string) => {
      const [, url] = /^bus: (\S+)/.exec(text) ?? [];
      if (url !== undefined) vi.stubEnv('PHASEGATE_API', url);
      output.line(text);
    };
    return up(world.options, { ...output, line });
  });
  await owner.saw(/is up/);
  started = await startPhasegate('start', ...RANGE, '--reason', 'first', ...GCP).ended;
  run = /tiny-[\w-]+/.exec(started.stdout)?.[0] ?? '';
  await atRest();
}, PATIENCE_MS);

afterAll(async () => {
  owner.kill('SIGINT');
  await owner.ended;
  vi.unstubAllEnvs();
});

/**
 * The name of its world is all in which a command differs, and that nothing explains a run of the cloud further than its
 * report does; where lines are broken hangs on the name.
 */
const withoutWorld = ({ code, stdout, stderr }: Ended) => ({
  code,
  said: [stdout, stderr].map((text) =>
    text
      .replaceAll(/ --world [^\s`"]+/g, '')
      .replaceAll(/(next: |")npx phasegate explain [\w-]+(",)?/g, '')
      .replaceAll(/\s+/g, ' '),
  ),
});

describe('a world that is reached by its API', () => {
  it('starts a run in a process of its own, and names it once the run is there', async () => {
    expect(started).toMatchObject({ code: 0, stderr: '' });
    expect(started.stdout).toBe(
      `${run} goes on in the cloud; see it with: npx phasegate status ${run} --world gcp\n`,
    );
    expect((await stateOf(world.directory, run)).status).toBe('blocked');
  });

  it.each([
    'status',
    'status --json',
    'status RUN',
    'status RUN --json',
    'report RUN',
    'report RUN --format json',
    'retry RUN',
    'pause RUN',
    'resume RUN --json',
    'cancel RUN',
    'status tiny-20200101-20200102-00000000',
  ])('says and ends as the same world on this machine: %s', async (line) => {
    const args = line.replace('RUN', run).split(' ');
    const [near, far] = [await locally(...args), await gcp(...args)];
    expect(withoutWorld(far)).toEqual(withoutWorld(near));
    expect(near.stdout + near.stderr).not.toBe('');
  });

  it('says so in a process of its own, too', async () => {
    const far = await startPhasegate('status', run, ...GCP).ended;
    expect(withoutWorld(far)).toEqual(withoutWorld(await locally('status', run)));
  });

  it('refuses a start that another pipeline, or a plan of another day, stands against', async () => {
    const other = await gcp('start', ...RANGE.slice(0, 4), '--pipeline', 'mlb');
    expect(other).toMatchObject({ code: 2, stderr: expect.stringContaining('accepted: tiny') });
    const file = await gcp('start', ...RANGE.slice(0, 4), '--pipeline', './tiny.yaml');
    expect(file).toMatchObject({ code: 2, stderr: expect.stringContaining('the name of') });
  });

  it('pauses a schedule with who called and why, and resumes it', async () => {
    const until = new Date(Date.now() + 3_600_000).toISOString();
    const pause = ['schedules', 'pause', 'monitor-daily', '--reason', 'moved', '--until', until];
    expect(await gcp(...pause)).toMatchObject({ code: 0 });
    const { stdout } = await gcp('schedules', 'list');
    expect(stdout).toContain(`paused by local until ${until}: moved; never called yet`);
    expect((await locally('schedules', 'list', '--pipeline', world.options.pipeline)).stdout).toBe(
      stdout,
    );
    expect(await gcp('schedules', 'resume', 'monitor-daily')).toMatchObject({ code: 0 });
    expect(await gcp('schedules', 'run', 'nobody')).toMatchObject({ code: 1 });
  });

  it('lists its monitors, and has one called that is among them', async () => {
    const near = await locally('health', '--pipeline', world.options.pipeline);
    expect(await gcp('health')).toEqual(near);
    expect(await gcp('health', 'hourly')).toMatchObject({
      code: 2,
      stderr: expect.stringContaining('accepted: daily'),
    });
    const called = await gcp('health', 'daily');
    expect(called).toMatchObject({ code: 0, stdout: expect.stringContaining('told as alerts') });
    const list = JSON.parse((await gcp('schedules', 'list', '--json')).stdout);
    expect(list.schedules[0].lastAttemptAt).not.toBeNull();
  });

  it('has a table signed for, and the run signed off, by whoever calls', async () => {
    const early = await gcp('signoff', run);
    expect(early).toMatchObject({ code: 1, stdout: expect.stringContaining('not signed off') });
    const override = ['override', run, TABLE, '--reason', 'seen', '--until', '2999-12-31'];
    expect(await gcp(...override)).toMatchObject({ code: 0, stderr: '' });
    await atRest();
    expect(await gcp('signoff', run, '--reason', 'all seen')).toMatchObject({
      code: 0,
      stdout: expect.stringContaining('signed off by local: '),
    });
    const state = await stateOf(world.directory, run);
    expect(state.overrides[0]).toMatchObject({ by: 'local', reason: 'seen' });
    expect(state.signOffs).toMatchObject([{ by: 'local', reason: 'all seen' }]);
  });
});

const GUIDE = [...readFileSync('docs/deploy.md', 'utf8').matchAll(/^npx phasegate .*$/gm)].map(
  ([line]) => line,
);

describe('the guide to deploy', () => {
  it('has commands for the cloud alone', () => {
    expect(GUIDE.length).toBeGreaterThan(5);
    expect(GUIDE.filter((line) => !line.endsWith(' --world gcp'))).toEqual([]);
  });

  it.each(GUIDE)('%s is taken', async (line) => {
    const here = line
      .replace('npx phasegate ', '')
      .replace('--from 2021-10-19 --to 2021-10-25', RANGE.join(' '))
      .replace('"$RUN"', run);
    const words = here.match(/'[^']*'|\S+/g) ?? [];
    const { code, stdout } = await phasegate(...words.map((word) => word.replaceAll("'", '')));
    expect([0, 1]).toContain(code);
    expect(stdout).not.toBe('');
  });
});

describe('a command that does not reach the cloud', () => {
  const range = ['--from', '2022-01-01', '--to', '2022-01-02'];

  it.each([
    [['up'], 'always up'],
    [['load', 'DIR'], 'BigQuery'],
    [['plan', ...range], 'npx phasegate start --world gcp'],
    [['gate', ...range], 'npx phasegate report RUN --world gcp'],
    [['explain', 'RUN'], 'npx phasegate report RUN --world gcp'],
    [['dead', 'list'], 'gcloud pubsub subscriptions pull'],
    [['dead', 'replay', '--all'], 'gcloud pubsub topics publish'],
    [['demo'], 'an empty directory'],
    [['start', ...range, '--follow'], 'npx phasegate watch RUN --world gcp'],
    [['start', ...range, '--by', 'eve'], 'who calls is kept as who asked'],
    [['signoff', 'RUN', '--by', 'eve'], 'who calls is kept as who asked'],
    [['start', ...range, '--overlay', 'x.yaml'], 'the one that is deployed'],
    [['health', 'daily', '--date', '2022-01-01'], 'as of now'],
    [['schedules', 'list', '--pipeline', 'other'], 'the one that is deployed'],
  ])('is refused with what does its work there: %j', async (args, instead) => {
    const { code, stderr, stdout } = await gcp(...args);
    expect([code, stdout]).toEqual([2, '']);
    expect(stderr.replaceAll(/\s+/g, ' ')).toContain(instead);
    expect(stderr).toMatch(/local worlds/);
  });
});

describe('where nobody says where the API is', () => {
  it.each([
    ['', 'PHASEGATE_API is not set'],
    ['http://api.example.com', 'PHASEGATE_API is "http://api.example.com"'],
    ['ftp://x', 'accepted: the https address'],
  ])('a command is refused with what prints it: %j', async (address, said) => {
    const before = process.env.PHASEGATE_API;
    vi.stubEnv('PHASEGATE_API', address);
    const { code, stderr } = await gcp('status');
    vi.stubEnv('PHASEGATE_API', before);
    expect(code).toBe(2);
    expect(stderr.replaceAll(/\s+/g, ' ')).toContain(said);
    expect(stderr).toContain('gcloud run services describe phasegate-api');
  });

  it('an address at which nobody answers is told, and is no empty world', async () => {
    const before = process.env.PHASEGATE_API;
    vi.stubEnv('PHASEGATE_API', 'http://127.0.0.1:9');
    const ended = await here((output) => runCommandLine(['status', ...GCP], output));
    vi.stubEnv('PHASEGATE_API', before);
    expect(ended).toMatchObject({ code: 3, stdout: '' });
  });
});
