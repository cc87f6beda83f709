import { cpSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { beforeAll, describe, expect, it } from 'vitest';
import { openLocalWorld } from '../../shared/adapters/local/world.ts';
import { readDefinitionFiles } from '../../shared/adapters/pipeline-files.ts';
import { askForStart } from '../../shared/cli/ask.ts';
import { follow } from '../../shared/cli/follow.ts';
import { load } from '../../shared/cli/load.ts';
import { lock } from '../../shared/cli/lock.ts';
import { terminal } from '../../shared/cli/output.ts';
import { type PlanOptions, plan } from '../../shared/cli/plan.ts';
import { requestOf } from '../../shared/cli/request-options.ts';
import { type StartOptions, start } from '../../shared/cli/start.ts';
import { up } from '../../shared/cli/up.ts';
import { watchingWorld } from '../../shared/cli/watch/watching-local.ts';
import { parseTableName } from '../../shared/core/ids.ts';
import { day } from '../core/build.ts';
import { LEAGUE_DAYS, writeTinyLeague } from '../fixtures/tiny-league.ts';
import { here, startHere } from './here.ts';
import { type Ended, emptyDirectory, phasegate, withWarehouse } from './phasegate.ts';

const DAYS = { from: LEAGUE_DAYS[0] ?? '', to: LEAGUE_DAYS.at(-1) ?? '' };
const REQUEST = { ...DAYS, mode: 'missing' } as const;
const PATIENCE_MS = 180_000;
const LATE = ['2022-01-04', '2022-01-05'];

/** A world whose raw box scores lack two days, and its own copy of the tiny pipeline. */
let loaded: Place;

type Place = ReturnType<typeof placeIn>;

beforeAll(async () => {
  loaded = placeIn(emptyDirectory());
  const raw = join(loaded.base, 'raw');
  writeFileSync(loaded.pipeline, readFileSync('test/fixtures/tiny.yaml', 'utf8'));
  writeTinyLeague(raw, (each) => !LATE.includes(each));
  expect(await here((output) => load(raw, loaded, output))).toMatchObject({ code: 0 });
}, PATIENCE_MS);

function copyOf({ base }: Place): Place {
  const copy = placeIn(emptyDirectory());
  cpSync(base, copy.base, { recursive: true });
  return copy;
}

function placeIn(base: string) {
  const directory = join(base, 'world');
  const pipeline = join(base, 'pipeline.yaml');
  return { base, directory, pipeline, world: `local:${directory}` };
}

const flagsOf = ({ pipeline, world }: Place) => [
  ...['--from', DAYS.from, '--to', DAYS.to],
  ...['--pipeline', pipeline, '--world', world],
];

const planIn = ({ pipeline, world }: Place, more: Partial<PlanOptions> = {}) =>
  here((output) => plan({ pipeline, world, ...REQUEST, ...more }, output));

const startIn = ({ pipeline, world }: Place, more: Partial<StartOptions> = {}) =>
  here((output) => start({ pipeline, world, ...REQUEST, ...more }, output));

const hashOf = ({ stdout }: Ended): string => JSON.parse(stdout).plan;

/** The pipeline promises less than it did. */
function loosen({ pipeline }: Place): void {
  const yaml = readFileSync(pipeline, 'utf8');
  writeFileSync(pipeline, yaml.replace('atLeastPercent: 95', 'atLeastPercent: 50'));
}

function remembered(directory: string) {
  const db = new DatabaseSync(join(directory, 'state.db'), { readOnly: true });
  try {
    const tables = ['definition', 'run', 'fact', 'outbox', 'message', 'execution', 'dead_letter'];
    return tables.map((table) => db.prepare(`SELECT * FROM ${table}`).all());
  } finally {
    db.close();
  }
}

describe('a plan of a league whose raw box scores lack two days', () => {
  let world: Place;
  let text: Ended;
  let json: Ended;
  let before: ReturnType<typeof remembered>;

  beforeAll(async () => {
    world = copyOf(loaded);
    before = remembered(world.directory);
    text = await planIn(world);
    json = await planIn(world, { json: true });
  }, PATIENCE_MS);

  it('tells days and reasons of each table in the order of launch, and what nobody can write', () => {
    expect(json.code).toBe(0);
    expect(JSON.parse(json.stdout)).toMatchObject({
      tableDays: 18,
      isRefused: false,
      tables: [
        {
          table: 'analytics.team_games',
          days: ['2022-01-01..2022-01-10'],
          why: [{ outcome: 'NEVER_RAN', count: 10 }],
        },
        { table: 'precompute.form', days: ['2022-01-03..2022-01-10'] },
      ],
      lacks: [
        { source: 'raw.box', table: 'analytics.team_games', days: ['2022-01-04..2022-01-05'] },
      ],
    });
  });

  it('is told within eighty columns, but for commands to copy', () => {
    const lines = text.stdout.split('\n');
    expect(lines).toContain(`plan hash: ${hashOf(json)}`);
    const wide = lines.filter((line) => line.length > 80);
    expect(wide).toEqual([
      expect.stringContaining('npx phasegate load DIR --only raw_box '),
      expect.stringContaining(`--plan ${hashOf(json)}`),
      expect.stringContaining(`up --pipeline ${world.pipeline} --world ${world.world}`),
      expect.stringContaining(`"plan":"${hashOf(json)}"}'`),
    ]);
  });

  it('has the same hash each time', async () => {
    expect(text.stdout).toContain(hashOf(json));
  });

  it('has the same hash for a guest of the world', async () => {
    const owner = startHere((output) => up(world, output));
    await owner.saw(/is up/);
    const guest = await phasegate('plan', ...flagsOf(world), '--json');
    owner.kill('SIGINT');
    await owner.ended;
    expect(hashOf(guest)).toBe(hashOf(json));
  });

  it('has changed nothing: no run, no message, no table', async () => {
    expect(remembered(world.directory)).toEqual(before);
    const columns = await withWarehouse(world.directory, (warehouse) =>
      warehouse.dayStates([
        parseTableName('analytics.team_games'),
        parseTableName('precompute.form'),
      ]),
    );
    expect(columns).toEqual([]);
  });

  it('ends with 2 for a range without games, and for a day that is none', async () => {
    const none = await planIn(world, { from: '2021-11-01', to: '2021-11-30' });
    expect(none).toMatchObject({ code: 2, stderr: expect.stringContaining('no final game') });
    const never = await planIn(world, { from: '2022-02-31', to: 'x' });
    expect(never).toMatchObject({ code: 2, stderr: expect.stringContaining('--from') });
  });
});

describe('what is planned after a run was blocked', () => {
  let world: Place;
  let hash: string;
  let first: Ended;
  const planned = async (more: Partial<PlanOptions> = {}) => {
    const ended = await planIn(world, { ...more, json: true });
    return { code: ended.code, ...JSON.parse(ended.stdout) };
  };

  beforeAll(async () => {
    world = copyOf(loaded);
    hash = hashOf(await planIn(world, { json: true }));
    first = await startIn(world, { plan: hash, json: true });
  }, PATIENCE_MS);

  it('is the two days that are not there, and what never ran', async () => {
    const { code, tables } = await planned();
    expect(code).toBe(0);
    expect(tables).toMatchObject([
      { days: ['2022-01-04..2022-01-05'], why: [{ outcome: 'EMPTY_SUSPECT', count: 2 }] },
      { days: ['2022-01-03..2022-01-10'], why: [{ outcome: 'NEVER_RAN', count: 8 }] },
    ]);
  });

  it('is refused when it would build on days before its range that nobody verified', async () => {
    const { code, gaps } = await planned({ from: '2022-01-07', to: '2022-01-10' });
    expect(code).toBe(1);
    const reads = 'analytics.team_games';
    expect(gaps).toEqual([{ table: 'precompute.form', reads, days: ['2022-01-04..2022-01-05'] }]);
  });

  it('is refused when a phase that nobody asked for would hold it back', async () => {
    const { code, tables } = await planned({ phases: 'precompute' });
    expect(code).toBe(1);
    expect(tables[0]).toMatchObject({ isJudgedOnly: true, left: ['2022-01-04..2022-01-05'] });
  });

  it('had the hash of a plan while nothing had changed; another start with it is refused, naming what changed', async () => {
    expect(first.code).toBe(1);
    expect(JSON.parse(first.stdout)).toMatchObject({ status: 'blocked' });
    const runs = remembered(world.directory)[1];
    const second = await startIn(world, { plan: hash });
    expect(second.code).toBe(1);
    expect(second.stderr.replaceAll(/\s+/g, ' ')).toContain(
      'the outcomes of the days, the days to write changed',
    );
    const see = `npx phasegate plan ${flagsOf(world).join(' ')}\n`;
    expect(second.stderr).toContain(see);
    expect(remembered(world.directory)[1]).toEqual(runs);
  });

  it('is refused as the start would be, once less is promised than that run did', async () => {
    loosen(world);
    const json = await planIn(world, { json: true });
    expect(json).toMatchObject({ code: 1, stderr: expect.stringContaining('definition of run') });
    expect(JSON.parse(json.stdout)).toMatchObject({ isRefused: true, isLoosened: true });
    expect((await startIn(world)).code).toBe(1);
  });
});

it('a plan that promises less than the lock file is refused, and no start is named', async () => {
  const world = copyOf(loaded);
  expect(await here(async (output) => lock(world, output))).toMatchObject({ code: 0 });
  loosen(world);
  const { code, stdout, stderr } = await planIn(world);
  expect(code).toBe(1);
  expect(stderr).toContain('points-filled: atLeastPercent 95 → 50');
  expect(stdout).toContain('refused: less is promised than was accepted');
  expect(stdout).not.toContain('start it with');
});

describe('a start with the hash of a plan', () => {
  it(
    'refuses another definition, and a text that is no hash',
    async () => {
      const world = copyOf(loaded);
      const { pipeline, directory } = world;
      const hash = hashOf(await planIn(world, { json: true }));
      const yaml = readFileSync(pipeline, 'utf8');
      writeFileSync(pipeline, yaml.replace('max: 200', 'max: 190'));
      const other = await startIn(world, { plan: hash, json: true });
      expect(other.code).toBe(1);
      expect(JSON.parse(other.stdout)).toEqual({ run: null, refused: 'another-plan' });
      expect(other.stderr).toContain('the pipeline definition changed');
      const nonsense = await phasegate('start', ...flagsOf(world), '--plan', 'today');
      expect(nonsense).toMatchObject({ code: 2, stderr: expect.stringContaining('plan hash') });
      expect(remembered(directory)[1]).toEqual([]);
    },
    PATIENCE_MS,
  );

  it(
    'travels with the start message, so that the run itself refuses what it finds otherwise',
    async () => {
      const { directory, pipeline } = copyOf(loaded);
      const definition = readDefinitionFiles({ pipeline });
      const world = await openLocalWorld({
        directory,
        definition,
        anyDefinition: false,
        launches: true,
        jobCommand: ['false'],
        onPage: () => undefined,
      });
      try {
        const { signal } = new AbortController();
        const request = requestOf(REQUEST, definition.pipeline, day('2026-01-01'));
        const agreed = Array.from({ length: 5 }, () => '00000000').join('-');
        const run = await askForStart(world, definition, request, 'ana', signal, '', agreed);
        if (run === null) throw new Error('nobody interrupted it');
        const output = { ...terminal, note: () => undefined, draw: null };
        const ended = await follow(watchingWorld(world, run), output, signal);
        expect(ended).toMatchObject({ state: { status: 'failed', plan: agreed } });
        expect(await world.runs.facts(run)).not.toContainEqual(
          expect.objectContaining({ event: expect.objectContaining({ type: 'launch-confirmed' }) }),
        );
      } finally {
        await world.close();
      }
    },
    PATIENCE_MS,
  );
});
