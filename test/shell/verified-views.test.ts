import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, describe, expect, it } from 'vitest';
import {
  daySetOf,
  formatDaySet,
  isEmpty,
  parseDaySet,
  subtract,
} from '../../shared/core/day-set.ts';
import type { Day } from '../../shared/core/days.ts';
import { parseTableName } from '../../shared/core/ids.ts';
import { tablesOf } from '../../shared/core/pipeline.ts';
import { verifiedViewOf } from '../../shared/core/published.ts';
import { RUN_HISTORY } from '../../shared/core/system-tables.ts';
import { readPipeline } from '../../shared/edge/pipeline-file.ts';
import type { Warehouse } from '../../shared/ports/warehouse.ts';
import { assess } from '../../shared/shell/assess.ts';
import { day } from '../core/build.ts';
import { openSteppingWorld, type SteppingWorld } from '../fixtures/stepping-world.ts';
import { writeTinyLeague } from '../fixtures/tiny-league.ts';

const TEAMS = parseTableName('analytics.team_games');
const FORM = parseTableName('precompute.form');
const definition = readPipeline(
  {
    file: 'tiny.yaml',
    text: readFileSync('test/fixtures/tiny.yaml', 'utf8').replaceAll(
      '        job:\n',
      '        job:\n          chunkDays: 2\n',
    ),
  },
  null,
  () => '',
);
const { pipeline } = definition;
const ALL = { from: day('2022-01-01'), to: day('2022-01-10') };
const raw = mkdtempSync(join(tmpdir(), 'phasegate-raw-'));

let world: SteppingWorld;
let assessments = 0;
let loads = 0;
let isWatching = true;
let lastAsserted = '';
const relations = [...pipeline.sources, ...tablesOf(pipeline)].map(({ name }) => name);
afterEach(() => world.close());
afterAll(() => rmSync(raw, { recursive: true }));

/** The days of the rows that a reader finds. */
async function visible(table: typeof TEAMS) {
  const { rows } = await world.direct.query({
    sql: `SELECT game_date, COUNT(*) AS n FROM \`${verifiedViewOf(table)}\` GROUP BY game_date`,
    params: {},
  });
  return daySetOf(rows.map((row) => row.game_date as Day));
}

/** Every day visible in a view is VERIFIED by a fresh full assessment of now, unless nothing changed since the last. */
async function assertOnlyVerified() {
  const shownNow = new Map([
    [TEAMS, await visible(TEAMS)],
    [FORM, await visible(FORM)],
  ]);
  if ([...shownNow.values()].every(isEmpty)) return;
  const states = await world.direct.dayStates([...relations, RUN_HISTORY.name]);
  const key = JSON.stringify([[...shownNow], states]);
  if (key === lastAsserted) return;
  lastAsserted = key;
  assessments += 1;
  const request = { id: `poll-${assessments}`, relations: tablesOf(pipeline), ...ALL };
  const { tables } = await assess(world.direct, pipeline, request, new Date().toISOString());
  for (const { judgement, outcomes } of tables) {
    const bad = subtract(shownNow.get(judgement.table) ?? [], outcomes.VERIFIED ?? []);
    expect([judgement.table, formatDaySet(bad)]).toEqual([judgement.table, []]);
  }
}

type Kill = (call: 'replaceView' | 'write', moment: 'before' | 'after') => boolean;

/** A warehouse at which a reader looks after every write, and which may die around a call. */
function watched(warehouse: Warehouse, kill: Kill): Warehouse {
  const dying = async <Result>(call: 'replaceView' | 'write', work: () => Promise<Result>) => {
    if (kill(call, 'before')) throw new Error(`killed before ${call}`);
    const result = await work();
    if (isWatching) await assertOnlyVerified();
    if (kill(call, 'after')) throw new Error(`killed after ${call}`);
    return result;
  };
  return {
    ...warehouse,
    write: (...args) => dying('write', () => warehouse.write(...args)),
    replaceView: (...args) => dying('replaceView', () => warehouse.replaceView(...args)),
  };
}

async function open(kill: Kill = () => false, hasBox: (day: string) => boolean = () => true) {
  world = await openSteppingWorld(definition, (warehouse) => watched(warehouse, kill));
  await load(hasBox);
}

async function load(hasBox: (day: string) => boolean = () => true) {
  loads += 1;
  const directory = join(raw, String(loads));
  writeTinyLeague(directory, hasBox);
  await world.load(directory);
}

/** Asks for a run and steps it to its end; a reader looks after each step. */
async function run(request: Partial<{ from: string; to: string; mode: string }> = {}) {
  const wish = { pipeline: 'tiny', ...ALL, mode: 'missing', phases: [], ...request };
  await world.world.bus.publish('phasegate-start', { ...wish, requestedBy: 'ana', reason: '' });
  return stepToTheEnd();
}

async function stepToTheEnd() {
  await world.step();
  let steps = 1;
  await assertOnlyVerified();
  while (await world.step()) {
    steps += 1;
    if (steps > 200) throw new Error(`no end in sight: ${world.failures.at(-1)}`);
    await assertOnlyVerified();
  }
  return (await world.states())[0];
}

const shown = async () => [formatDaySet(await visible(TEAMS)), formatDaySet(await visible(FORM))];

describe('readers of verified views', () => {
  it('find no row before a gate has passed, and every VERIFIED day after it', async () => {
    await open();
    expect(await shown()).toEqual([[], []]);
    const state = await run();
    expect(state).toMatchObject({ status: 'passed' });
    expect(await shown()).toEqual([['2022-01-01..2022-01-10'], ['2022-01-03..2022-01-10']]);
    expect(state?.published).toEqual({
      [TEAMS]: parseDaySet('2022-01-01..2022-01-10'),
      [FORM]: parseDaySet('2022-01-03..2022-01-10'),
    });
    expect(world.failures).toEqual([]);
  });

  it('find nothing of a phase that is blocked, not even its good days, and all of it after the repair', async () => {
    await open(undefined, (on) => on !== '2022-01-05');
    const blocked = await run();
    expect(blocked?.status).toBe('blocked');
    expect(await shown()).toEqual([[], []]);
    await load();
    const repair = { repair: blocked?.run, requestedBy: 'ana', reason: '' };
    await world.world.bus.publish('phasegate-start', repair);
    expect((await stepToTheEnd())?.status).toBe('passed');
    expect(await shown()).toEqual([['2022-01-01..2022-01-10'], ['2022-01-03..2022-01-10']]);
  });

  it('lose every day of a run of mode all before its first launch, and the days after its range that it makes stale', async () => {
    await open();
    await run();
    let seen: string[][] = [];
    const { jobs } = world.world;
    const { launch } = jobs;
    jobs.launch = async (asked) => {
      if (seen.length === 0) seen = await shown();
      return launch(asked);
    };
    await run({ mode: 'all', from: '2022-01-02', to: '2022-01-04' });
    expect(seen).toEqual([['2022-01-01..2022-01-01', '2022-01-05..2022-01-10'], []]);
    expect(await shown()).toEqual([['2022-01-01..2022-01-10'], ['2022-01-03..2022-01-04']]);
    await run({ from: '2022-01-05' });
    expect(await shown()).toEqual([['2022-01-01..2022-01-10'], ['2022-01-03..2022-01-10']]);
  });

  it('lose a published day that a stranger changed as soon as a gate looks, though it blocks', async () => {
    await open();
    await run();
    const stranger = { game_id: 'x', game_date: '2022-01-06', team: 'ZZZ', points: 10 };
    await world.direct.append(TEAMS, [stranger], { jobId: 'stranger' });
    isWatching = false;
    await world.world.bus.publish('phasegate-start', {
      ...{ pipeline: 'tiny', ...ALL, mode: 'failed', phases: ['analytics'] },
      ...{ requestedBy: 'ana', reason: '' },
    });
    await world.step();
    await world.step();
    isWatching = true;
    expect(await shown()).toEqual([
      ['2022-01-01..2022-01-05', '2022-01-07..2022-01-10'],
      ['2022-01-03..2022-01-06'],
    ]);
    await stepToTheEnd();
  });

  it.each([1, 2, 3, 4])(
    'see no other day when the process dies before or after change %s of a view, and in the end all',
    async (which) => {
      let [calls, deaths] = [0, 0];
      await open((call, moment) => {
        if (call !== 'replaceView') return false;
        if (moment === 'before') calls += 1;
        const dies = deaths < 2 && calls === (moment === 'before' ? which : which + 1);
        if (dies) deaths += 1;
        return dies;
      });
      expect((await run())?.status).toBe('passed');
      expect(deaths).toBe(2);
      expect(world.failures).toHaveLength(2);
      expect(await shown()).toEqual([['2022-01-01..2022-01-10'], ['2022-01-03..2022-01-10']]);
    },
  );

  it('see no half-written table when a job dies between two of its writes', async () => {
    await open();
    await run();
    let writes = 0;
    const { write } = world.world.warehouse;
    Object.assign(world.world.warehouse, {
      write: async (...args: Parameters<Warehouse['write']>) => {
        writes += 1;
        if (writes === 2) throw new Error('killed between two writes');
        return write(...args);
      },
    });
    expect((await run({ mode: 'all' }))?.status).toBe('passed');
    expect(world.failures).toHaveLength(1);
    expect(await shown()).toEqual([['2022-01-01..2022-01-10'], ['2022-01-03..2022-01-10']]);
  });

  it('never lose a view that somebody else replaced: the run stops and names it', async () => {
    await open();
    const view = verifiedViewOf(FORM);
    const theirs = `SELECT team FROM \`${FORM}\``;
    await world.direct.replaceView(view, theirs);
    isWatching = false;
    await world.world.bus.publish('phasegate-start', {
      ...{ pipeline: 'tiny', ...ALL, mode: 'missing', phases: [] },
      ...{ requestedBy: 'ana', reason: '' },
    });
    while (await world.step());
    isWatching = true;
    const [state] = await world.states();
    expect(state?.status).toBe('failed');
    expect(state?.message).toContain(`view ${view} was replaced by somebody else`);
    expect(await world.direct.viewSql(view)).toBe(theirs);
  });

  it('see nothing that a gate judged before another run took it away', async () => {
    await open();
    await run();
    const { store } = world.world.evidence;
    let isFirst = true;
    Object.assign(world.world.evidence, {
      store: {
        ...store,
        put: async (id: string, text: string) => {
          await store.put(id, text);
          if (!isFirst || !id.includes('-roll-1-analytics-')) return;
          isFirst = false;
          const other = {
            from: '2022-01-01',
            to: '2022-01-02',
            mode: 'all',
            phases: ['analytics'],
          };
          const body = { pipeline: 'tiny', ...other, requestedBy: 'bob', reason: '' };
          await world.world.bus.publish('phasegate-start', body);
          await world.step();
          await world.step();
        },
      },
    });
    await run({ from: '2022-01-05', mode: 'all' });
    expect(isFirst).toBe(false);
    expect(world.failures).toEqual([
      expect.objectContaining({
        kind: 'unavailable',
        message: expect.stringContaining('they are judged again'),
      }),
    ]);
    expect(await visible(TEAMS)).toEqual(parseDaySet('2022-01-01..2022-01-10'));
    const all = (await world.states()).map(({ request, status }) => [request.from, status]);
    expect(all).toContainEqual(['2022-01-01', 'passed']);
  });
});
