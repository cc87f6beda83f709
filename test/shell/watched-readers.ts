import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeEach, expect } from 'vitest';
import {
  type DaySet,
  daySetOf,
  formatDaySet,
  isEmpty,
  subtract,
} from '../../shared/core/day-set.ts';
import { parseDay } from '../../shared/core/days.ts';
import { parsePhaseName, parseTableName, type TableName } from '../../shared/core/ids.ts';
import { tableNamed, tablesOf } from '../../shared/core/pipeline.ts';
import { checkedRequest, runIdOf } from '../../shared/core/request.ts';
import type { Mode } from '../../shared/core/run.ts';
import { RUN_HISTORY } from '../../shared/core/system-tables.ts';
import { readPipeline } from '../../shared/edge/pipeline-file.ts';
import { requestHash } from '../../shared/edge/request-hash.ts';
import type { Warehouse } from '../../shared/ports/warehouse.ts';
import { assess } from '../../shared/shell/assess.ts';
import { record } from '../../shared/shell/drain.ts';
import { visibleRows } from '../../shared/shell/verified-views.ts';
import { day } from '../core/build.ts';
import { openSteppingWorld, type SteppingWorld } from '../fixtures/stepping-world.ts';
import { writeTinyLeague } from '../fixtures/tiny-league.ts';

export const TEAMS = parseTableName('analytics.team_games');
export const FORM = parseTableName('precompute.form');
/** What both views show when all is published. */
export const EVERYTHING = [['2022-01-01..2022-01-10'], ['2022-01-03..2022-01-10']];

const ALL = { from: day('2022-01-01'), to: day('2022-01-10') };
const TEXT = readFileSync('test/fixtures/tiny.yaml', 'utf8').replaceAll(
  '        job:\n',
  '        job:\n          chunkDays: 2\n          writers: 2\n',
);
const definition = readPipeline({ file: 'tiny.yaml', text: TEXT }, null, () => '');
const { pipeline } = definition;
const relations = [...pipeline.sources, ...tablesOf(pipeline)].map(({ name }) => name);

export type Wish = Partial<{ from: string; to: string; mode: string; phases: string[] }>;
/** Whether the process dies now. */
export type Kill = (call: 'replaceView' | 'write', moment: 'before' | 'after') => boolean;

/**
 * A world for each test, whose views a reader looks at after every step, every write and every change
 * of a view. A test fails when a look ever showed a day that a fresh full assessment did not find VERIFIED.
 */
export function useReaders() {
  const raw = mkdtempSync(join(tmpdir(), 'phasegate-raw-'));
  let world: SteppingWorld;
  let isWatching = true;
  let [assessments, loads] = [0, 0];
  let lastLook = '';
  let unverified: string[] = [];

  beforeEach(() => {
    isWatching = true;
    unverified = [];
  });
  afterEach(async () => {
    await world.close();
    expect(unverified).toEqual([]);
  });
  afterAll(() => rmSync(raw, { recursive: true }));

  const visible = async (name: TableName): Promise<DaySet> => {
    const table = tableNamed(pipeline, name);
    if (table === undefined) throw new Error(`no table ${name}`);
    return daySetOf((await visibleRows(world.direct, table)).keys());
  };

  /** Judges afresh unless nothing has changed since the last look. */
  const look = async () => {
    if (!isWatching) return;
    const shown = new Map([
      [TEAMS, await visible(TEAMS)],
      [FORM, await visible(FORM)],
    ]);
    if ([...shown.values()].every(isEmpty)) return;
    const states = await world.direct.dayStates([...relations, RUN_HISTORY.name]);
    const present = JSON.stringify([[...shown], states]);
    if (present === lastLook) return;
    lastLook = present;
    assessments += 1;
    const request = { id: `look-${assessments}`, relations: tablesOf(pipeline), ...ALL };
    const { tables } = await assess(world.direct, pipeline, request, new Date().toISOString());
    for (const { judgement, outcomes } of tables) {
      const bad = subtract(shown.get(judgement.table) ?? [], outcomes.VERIFIED ?? []);
      unverified.push(...formatDaySet(bad).map((span) => `${judgement.table} ${span}`));
    }
  };

  const watched = (warehouse: Warehouse, kill: Kill): Warehouse => {
    const dying = async <Result>(call: Parameters<Kill>[0], work: () => Promise<Result>) => {
      if (kill(call, 'before')) throw new Error(`killed before ${call}`);
      const result = await work();
      await look();
      if (kill(call, 'after')) throw new Error(`killed after ${call}`);
      return result;
    };
    return {
      ...warehouse,
      write: (...args) => dying('write', () => warehouse.write(...args)),
      replaceView: (...args) => dying('replaceView', () => warehouse.replaceView(...args)),
    };
  };

  const load = async (hasBox: (day: string) => boolean = () => true) => {
    loads += 1;
    const directory = join(raw, String(loads));
    writeTinyLeague(directory, hasBox);
    await world.load(directory);
  };

  const open = async (kill: Kill = () => false, hasBox?: (day: string) => boolean) => {
    world = await openSteppingWorld(definition, (warehouse) => watched(warehouse, kill));
    await load(hasBox);
  };

  const ask = async (wish: Wish = {}) => {
    const start = { pipeline: 'tiny', ...ALL, mode: 'missing', phases: [], ...wish };
    await world.world.bus.publish('phasegate-start', { ...start, requestedBy: 'ana', reason: '' });
  };

  /** A run whose start was not refused for a live one, because both came at the same moment. */
  const begin = async (wish: Wish) => {
    const { from, to, mode, phases } = { ...ALL, mode: 'missing', phases: [], ...wish };
    const request = checkedRequest(
      pipeline,
      {
        pipeline: pipeline.name,
        from: parseDay(from),
        to: parseDay(to),
        mode: mode as Mode,
        phases: phases.map(parsePhaseName),
      },
      day('2026-01-01'),
    );
    const run = runIdOf(request, requestHash(request), 1);
    const at = new Date().toISOString();
    const signed = { by: 'ana', reason: '', at };
    const { hash } = definition;
    await record(world.world, run, run, {
      type: 'run-requested',
      run,
      request,
      definition: hash,
      ...signed,
    });
  };

  /** @returns the run that changed last */
  const stepToTheEnd = async () => {
    await world.step();
    await look();
    for (let steps = 0; await world.step(); steps++) {
      if (steps > 200) throw new Error(`no end in sight: ${world.failures.at(-1)}`);
      await look();
    }
    return (await world.states())[0];
  };

  const run = async (wish: Wish = {}) => {
    await ask(wish);
    return stepToTheEnd();
  };

  /** Does something while nobody looks: what strangers do is seen by the next gate, not before. */
  const unwatched = async (work: () => Promise<unknown>) => {
    isWatching = false;
    await work();
    isWatching = true;
  };

  return {
    open,
    /** Opens a world in which everything was published. */
    openPublished: async () => {
      await unwatched(async () => {
        await open();
        await run();
      });
    },
    world: () => world,
    load,
    ask,
    begin,
    run,
    stepToTheEnd,
    unwatched,
    /** The days that readers find, of both views. */
    shown: async () => [formatDaySet(await visible(TEAMS)), formatDaySet(await visible(FORM))],
  };
}
