import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { cpSync, existsSync, readFileSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import { dirname, join, resolve } from 'node:path';
import { text } from 'node:stream/consumers';
import { afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { type BusServer, openBusServer } from '../../shared/adapters/local/bus-server.ts';
import { localBus } from '../../shared/adapters/local/local-bus.ts';
import { openStateFile } from '../../shared/adapters/local/sqlite-file.ts';
import { sqliteRunStore } from '../../shared/adapters/local/sqlite-run-store.ts';
import { launchId, parseTableName } from '../../shared/core/ids.ts';
import { tablesOf } from '../../shared/core/pipeline.ts';
import { readPipeline } from '../../shared/edge/pipeline-file.ts';
import { close, listening } from '../cloud/pushed.ts';
import { RUN } from '../core/build.ts';
import { emptyDirectory, phasegate, rowsOf, withWarehouse } from '../e2e/phasegate.ts';
import { type Loaded, loaded, worldWith } from '../e2e/tiny-world.ts';
import { type OpenWarehouse, openWarehouse, TINY } from '../fixtures/tiny-warehouse.ts';
import { withJob } from '../fixtures/with-job.ts';

const MAIN = resolve('shared/cli/main.ts');
const JOB = resolve('docs/job.py');
const TABLE = 'analytics.team_games';
const DAYS = '2022-01-01..2022-01-04,2022-01-07,2022-01-09..2022-01-10';
const launch = launchId(RUN, parseTableName(TABLE), 1);

const hasPython = spawnSync('python3', ['--version'], { stdio: 'ignore' }).status === 0;
if (!hasPython) console.warn('python3 is not here: the job of docs/job.py is not run');

type More = Readonly<Record<string, string | undefined>>;
let league: Loaded;
let db: ReturnType<typeof openStateFile>;
let api: BusServer;
let place: OpenWarehouse;

beforeAll(async () => {
  league = await loaded(() => true);
});
beforeEach(async () => {
  db = openStateFile(':memory:');
  api = await openBusServer(localBus(db), sqliteRunStore(db));
  place = await warehouse();
});
afterEach(async () => {
  await place.server.close();
  await api.close();
  db.close();
});

/** A warehouse in which the league is loaded, and no job has run. */
function warehouse(): Promise<OpenWarehouse> {
  const { directory } = worldWith((yaml) => yaml, league);
  return openWarehouse(join(directory, 'warehouse.duckdb'));
}

function contract(more: More): NodeJS.ProcessEnv {
  const definition = join(emptyDirectory(), 'definition.json');
  writeFileSync(definition, TINY.text);
  return {
    ...process.env,
    PHASEGATE_RUN: RUN,
    PHASEGATE_LAUNCH: launch,
    PHASEGATE_TABLE: TABLE,
    PHASEGATE_DAYS: DAYS,
    PHASEGATE_PROJECT: 'local',
    PHASEGATE_DEFINITION: definition,
    PHASEGATE_API: api.url,
    BIGQUERY_EMULATOR_HOST: place.server.url,
    METADATA_SERVER_DETECTION: 'none',
    ...more,
  };
}

async function run(program: string, args: readonly string[], more: More = {}) {
  const stdio = ['ignore', 'ignore', 'pipe'] as const;
  const child = spawn(program, [...args], { stdio: [...stdio], env: contract(more) });
  const [[code], stderr] = await Promise.all([
    once(child, 'exit'),
    text(child.stderr as NonNullable<typeof child.stderr>),
  ]);
  return { code, stderr };
}

/** Without what was installed beside Python: an import of anything but the standard library fails. */
const python = (more: More = {}) => run('python3', ['-I', '-S', JOB], more);

const rows = ({ warehouse }: OpenWarehouse) =>
  rowsOf(warehouse, TABLE, ['game_id', 'team'], 'game_date');
const states = () => place.warehouse.dayStates([parseTableName(TABLE)]);

describe.runIf(hasPython)('a job in Python, with nothing but its standard library', () => {
  it('writes the days it is asked for, and the same rows as our own job', async () => {
    expect(await python()).toEqual({ code: 0, stderr: '' });
    const other = await warehouse();
    const own = { PHASEGATE_API: undefined, BIGQUERY_EMULATOR_HOST: other.server.url };
    expect(await run(process.execPath, [MAIN, 'job', TABLE], own)).toMatchObject({ code: 0 });
    const written = await rows(place);
    expect(written.length).toBe(7 * 4);
    expect(written).toEqual(await rows(other));
    await other.server.close();
  });

  it('as a second execution of its launch ends with 130, and changes no day', async () => {
    await python({ CLOUD_RUN_EXECUTION: 'team-games-x7k' });
    const before = await states();
    expect(before.length).toBe(7);
    expect(await python({ CLOUD_RUN_EXECUTION: 'team-games-q2f' })).toMatchObject({ code: 130 });
    expect(await states()).toEqual(before);
  });

  it('replaces what stood there when a new launch writes the same days', async () => {
    await python();
    const before = await rows(place);
    const again = launchId(RUN, parseTableName(TABLE), 2);
    expect(await python({ PHASEGATE_LAUNCH: again })).toMatchObject({ code: 0 });
    expect(await rows(place)).toEqual(before);
  });

  it('may be tried again when the table it writes is not there, and says which', async () => {
    const ended = await python({ PHASEGATE_TABLE: 'analytics.nothing' });
    expect(ended).toMatchObject({ code: 3, stderr: expect.stringContaining('analytics.nothing') });
  });

  it('writes nothing when nobody can say whose launch it is, and may be tried again', async () => {
    await api.close();
    expect(await python()).toMatchObject({ code: 3 });
    expect(await states()).toEqual([]);
  });

  it('fails for good where its days are too many for the environment, which it does not know of', async () => {
    const uri = { PHASEGATE_DAYS: undefined, PHASEGATE_DAYS_URI: 'file:///days' };
    const ended = await python(uri);
    expect(ended).toMatchObject({ code: 1, stderr: expect.stringContaining('PHASEGATE_DAYS') });
    expect(await states()).toEqual([]);
  });

  it('is at most 20 lines long, none of them wider than 140 columns', () => {
    const lines = readFileSync(JOB, 'utf8').trimEnd().split('\n');
    expect(lines.length).toBeLessThanOrEqual(20);
    expect(lines.filter((line) => line.length > 140)).toEqual([]);
  });

  it('in the cloud shows the API an identity token made for it and Google an access token, and waits for slow queries', async () => {
    const cloud = await guarded({ api: api.url, warehouse: place.server.url });
    const ended = await python({
      METADATA_SERVER_DETECTION: undefined,
      GCE_METADATA_HOST: new URL(cloud.url).host,
      PHASEGATE_API: `${cloud.url}/api`,
      BIGQUERY_EMULATOR_HOST: `${cloud.url}/warehouse`,
    });
    await cloud.close();
    expect(ended).toEqual({ code: 0, stderr: '' });
    expect((await states()).length).toBe(7);
  });
});

describe.runIf(hasPython)('a run of a pipeline whose table is written by that job', () => {
  const RANGE = ['--from', '2022-01-01', '--to', '2022-01-10'];
  const programmed = (yaml: string) => withJob(yaml, '{ program: { command: [python3, job.py] } }');

  it('passes its gates, though the pipeline and the job beside it are not where we are', async () => {
    const { options, directory } = worldWith(programmed, league);
    cpSync(JOB, join(dirname(options.pipeline), 'job.py'));
    const where = ['--pipeline', options.pipeline, '--world', options.world];
    const ended = await phasegate('start', ...RANGE, ...where, '--json');
    expect(ended).toMatchObject({ code: 0 });
    const { tables } = JSON.parse(ended.stdout);
    expect(tables.map(({ state }: { state: string }) => state)).toEqual(['passed', 'passed']);
    const written = await withWarehouse(directory, (warehouse) =>
      rowsOf(warehouse, TABLE, ['game_id', 'team'], 'game_date'),
    );
    expect(written.length).toBe(40);
  });

  it('that failed finds its job where it was when a retry repaired it, whatever pipeline is named', async () => {
    const { options } = worldWith(programmed, league);
    const job = join(dirname(options.pipeline), 'job.py');
    writeFileSync(job, "import sys; print('the feed is down', file=sys.stderr); sys.exit(1)");
    const where = ['--pipeline', options.pipeline, '--world', options.world];
    const failed = await phasegate('start', ...RANGE, ...where, '--json');
    expect(failed.code).toBe(1);
    const { run, tables } = JSON.parse(failed.stdout);
    expect(tables[0]).toMatchObject({
      state: 'failed',
      message: expect.stringContaining('ended with exit code 1; its log: '),
    });
    cpSync(JOB, job);
    const again = await phasegate('retry', run, '--world', options.world, '--json');
    expect(again).toMatchObject({ code: 0 });
  });
});

/** A metadata server, and behind the tokens that it gives out an API, and a warehouse in which every query is slow. */
async function guarded(behind: Readonly<{ api: string; warehouse: string }>) {
  const server = createServer(async (request, response) => {
    const { method = 'GET', headers, url = '' } = request;
    const own = `http://${headers.host}`;
    const metadata = '/computeMetadata/v1/instance/service-accounts/default/';
    const audience = `${own}/api`;
    if (url.startsWith(metadata) && headers['metadata-flavor'] === 'Google') {
      const asked = url.slice(metadata.length);
      if (asked === 'token') return response.end(JSON.stringify({ access_token: 'access' }));
      const [, name] = /^identity\?audience=(.*)$/.exec(asked) ?? [];
      if (name !== undefined) return response.end(`identity-for-${name}`);
    }
    const [, place = '', path = ''] = /^\/(api|warehouse)(\/.*)$/.exec(url) ?? [];
    const wanted = place === 'api' ? `Bearer identity-for-${audience}` : 'Bearer access';
    if (headers.authorization !== wanted) return response.writeHead(401).end('who is this?');
    const target = place === 'api' ? behind.api : behind.warehouse;
    const body = method === 'GET' ? {} : { body: await text(request) };
    const answer = await fetch(`${target}${path}`, { method, ...body });
    response.writeHead(answer.status, { 'content-type': 'application/json' });
    const said = await answer.text();
    if (method === 'GET' || place === 'api') return response.end(said);
    const { jobReference } = JSON.parse(said);
    response.end(JSON.stringify({ jobComplete: false, jobReference }));
  });
  return { url: await listening(server), close: () => close(server) };
}

describe('the page on jobs', () => {
  const page = readFileSync('docs/jobs.md', 'utf8');

  it('links only to files that are there, the job in Python among them', () => {
    const links = [...page.matchAll(/\]\(([^):]+)\)/g)].map(([, path = '']) => path);
    expect(links).toContain('job.py');
    expect(links.filter((path) => !existsSync(join('docs', path)))).toEqual([]);
  });

  it("shows a job that a pipeline's file takes, and of a program all that it takes", () => {
    const [, yaml = ''] = /```yaml\n([\s\S]*?)```/.exec(page) ?? [];
    const shown = parse(yaml.replace('…', '0'.repeat(64))).job;
    const text = withJob(readFileSync('test/fixtures/tiny.yaml', 'utf8'), JSON.stringify(shown));
    const { pipeline } = readPipeline({ file: 'tiny.yaml', text }, null, () => '');
    const { image, ...program } = shown.program;
    expect(tablesOf(pipeline)[0]?.job).toMatchObject({ kind: 'program', program });
    expect(image).toMatch(/@sha256:0{64}$/);
    expect(Object.keys(shown.program).sort()).toEqual(['args', 'command', 'image']);
  });

  it('shows no Python that is not the file, so that nothing shown was never run', () => {
    const shown = [...page.matchAll(/```python\n([\s\S]*?)```/g)].map(([, code]) => code);
    expect(shown.filter((code) => code !== readFileSync(JOB, 'utf8'))).toEqual([]);
  });
});
