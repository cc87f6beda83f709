import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { beforeAll, describe, expect, it } from 'vitest';
import { openLocalWorld } from '../../shared/adapters/local/world.ts';
import { askForStart } from '../../shared/cli/ask.ts';
import { readDefinitionFiles } from '../../shared/cli/definition.ts';
import { follow } from '../../shared/cli/follow.ts';
import { terminal } from '../../shared/cli/output.ts';
import { requestOf } from '../../shared/cli/request-options.ts';
import { parseTableName } from '../../shared/core/ids.ts';
import { day } from '../core/build.ts';
import { LEAGUE_DAYS, writeTinyLeague } from '../fixtures/tiny-league.ts';
import {
  type Ended,
  emptyDirectory,
  phasegate,
  startPhasegate,
  withWarehouse,
} from './phasegate.ts';

const DAYS = { from: LEAGUE_DAYS[0] ?? '', to: LEAGUE_DAYS.at(-1) ?? '' };
const RANGE = ['--from', DAYS.from, '--to', DAYS.to];
/** Each story is half a dozen processes. */
const PATIENCE_MS = 180_000;
const LATE = ['2022-01-04', '2022-01-05'];

/** A world whose raw box scores lack two days, and its own copy of the tiny pipeline. */
async function loadedWorld() {
  const base = emptyDirectory();
  const pipeline = join(base, 'pipeline.yaml');
  writeFileSync(pipeline, readFileSync('test/fixtures/tiny.yaml', 'utf8'));
  writeTinyLeague(join(base, 'raw'), (each) => !LATE.includes(each));
  writeTinyLeague(join(base, 'late'));
  const directory = join(base, 'world');
  const options = ['--pipeline', pipeline, '--world', `local:${directory}`];
  expect(await phasegate('load', join(base, 'raw'), ...options)).toMatchObject({ code: 0 });
  return { base, directory, options, pipeline };
}

const hashOf = ({ stdout }: Ended): string => JSON.parse(stdout).plan;

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
  let world: Awaited<ReturnType<typeof loadedWorld>>;
  let text: Ended;
  let json: Ended;
  let before: ReturnType<typeof remembered>;

  beforeAll(async () => {
    world = await loadedWorld();
    before = remembered(world.directory);
    text = await phasegate('plan', ...RANGE, ...world.options);
    json = await phasegate('plan', ...RANGE, ...world.options, '--json');
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

  it('is told within eighty columns, but for the command that starts it', () => {
    const lines = text.stdout.split('\n');
    expect(lines).toContain(`plan hash: ${hashOf(json)}`);
    const wide = lines.filter((line) => line.length > 80);
    expect(wide).toEqual([expect.stringContaining(`--plan ${hashOf(json)}`)]);
  });

  it('has the same hash each time', async () => {
    expect(text.stdout).toContain(hashOf(json));
  });

  it('has the same hash for a guest of the world', async () => {
    const up = startPhasegate('up', ...world.options);
    await up.saw(/is up/);
    const guest = await phasegate('plan', ...RANGE, ...world.options, '--json');
    up.kill('SIGINT');
    await up.ended;
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
    const none = await phasegate(
      ...['plan', '--from', '2021-11-01', '--to', '2021-11-30'],
      ...world.options,
    );
    expect(none).toMatchObject({ code: 2, stderr: expect.stringContaining('no final game') });
    const never = await phasegate('plan', '--from', '2022-02-31', '--to', 'x', ...world.options);
    expect(never).toMatchObject({ code: 2, stderr: expect.stringContaining('--from') });
  });
});

describe('what is planned after a run was blocked', () => {
  let world: Awaited<ReturnType<typeof loadedWorld>>;
  const plan = async (...flags: string[]) => {
    const ended = await phasegate('plan', ...flags, ...world.options, '--json');
    return { code: ended.code, ...JSON.parse(ended.stdout) };
  };

  beforeAll(async () => {
    world = await loadedWorld();
    expect((await phasegate('start', ...RANGE, ...world.options)).code).toBe(1);
  }, PATIENCE_MS);

  it('is the two days that are not there, and what never ran', async () => {
    const { code, tables } = await plan(...RANGE);
    expect(code).toBe(0);
    expect(tables).toMatchObject([
      { days: ['2022-01-04..2022-01-05'], why: [{ outcome: 'EMPTY_SUSPECT', count: 2 }] },
      { days: ['2022-01-03..2022-01-10'], why: [{ outcome: 'NEVER_RAN', count: 8 }] },
    ]);
  });

  it('is refused when it would build on days before its range that nobody verified', async () => {
    const { code, gaps } = await plan('--from', '2022-01-07', '--to', '2022-01-10');
    expect(code).toBe(1);
    const reads = 'analytics.team_games';
    expect(gaps).toEqual([{ table: 'precompute.form', reads, days: ['2022-01-04..2022-01-05'] }]);
  });

  it('is refused when a phase that nobody asked for would hold it back', async () => {
    const { code, tables } = await plan(...RANGE, '--phases', 'precompute');
    expect(code).toBe(1);
    expect(tables[0]).toMatchObject({ isJudgedOnly: true, left: ['2022-01-04..2022-01-05'] });
  });
});

describe('a start with the hash of a plan', () => {
  it(
    'starts while nothing has changed, and refuses afterwards, naming what changed',
    async () => {
      const { options, directory } = await loadedWorld();
      const hash = hashOf(await phasegate('plan', ...RANGE, ...options, '--json'));
      const first = await phasegate('start', ...RANGE, ...options, '--plan', hash, '--json');
      expect(JSON.parse(first.stdout)).toMatchObject({ status: 'blocked' });
      const runs = remembered(directory)[1];
      const second = await phasegate('start', ...RANGE, ...options, '--plan', hash);
      expect(second.code).toBe(1);
      expect(second.stderr.replaceAll(/\s+/g, ' ')).toContain(
        'the outcomes of the days, the days to write changed',
      );
      expect(remembered(directory)[1]).toEqual(runs);
    },
    PATIENCE_MS,
  );

  it(
    'refuses another definition, and a text that is no hash',
    async () => {
      const { options, pipeline, directory } = await loadedWorld();
      const hash = hashOf(await phasegate('plan', ...RANGE, ...options, '--json'));
      const yaml = readFileSync(pipeline, 'utf8');
      writeFileSync(pipeline, yaml.replace('max: 200', 'max: 190'));
      const other = await phasegate('start', ...RANGE, ...options, '--plan', hash, '--json');
      expect(other.code).toBe(1);
      expect(JSON.parse(other.stdout)).toEqual({ run: null, refused: 'another-plan' });
      expect(other.stderr).toContain('the pipeline definition changed');
      const nonsense = await phasegate('start', ...RANGE, ...options, '--plan', 'today');
      expect(nonsense).toMatchObject({ code: 2, stderr: expect.stringContaining('plan hash') });
      expect(remembered(directory)[1]).toEqual([]);
    },
    PATIENCE_MS,
  );

  it(
    'travels with the start message, so that the run itself refuses what it finds otherwise',
    async () => {
      const { directory, pipeline } = await loadedWorld();
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
        const wish = { ...DAYS, mode: 'missing' } as const;
        const request = requestOf(wish, definition.pipeline, day('2026-01-01'));
        const agreed = Array.from({ length: 5 }, () => '00000000').join('-');
        const run = await askForStart(world, definition, request, 'ana', signal, '', agreed);
        if (run === null) throw new Error('nobody interrupted it');
        const output = { ...terminal, note: () => undefined, draw: null };
        const ended = await follow(world.runs, run, output, signal, () => true);
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
